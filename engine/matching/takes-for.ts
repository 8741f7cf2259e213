import { randomUUID } from 'node:crypto';
import { FaultError } from '../../shared/errors.ts';
import type { MappedVoice } from '../../shared/schemas/mapping.ts';
import type { Amount } from '../../shared/schemas/match-run.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Library } from '../library/library.ts';
import type { Synthesis } from '../synthesis/synthesis.ts';
import type { Purse } from './purse.ts';

/** Makes takes on the shelf. */
export interface TakesFor {
  /**
   * The take of a text by a voice: the one that is there, or a new one, which is paid.
   * @throws FaultError what the provider says; conflict where it would cost more than was agreed to; cancelled
   */
  take(voice: MappedVoice, text: string): Promise<Take>;
}

export interface TakesForParts {
  library: () => Library;
  synthesis: Pick<Synthesis, 'start' | 'quote' | 'cancel'>;
  purse: Purse;
  signal: AbortSignal;
}

/** What a take cost. */
export function costOf({ cost }: Pick<Take, 'cost'>): Amount | null {
  const amount = cost.billed ?? cost.estimated;
  return cost.currency === '' || amount === 0 ? null : { amount, currency: cost.currency };
}

export function createTakesFor({ library, synthesis, purse, signal }: TakesForParts): TakesFor {
  async function make(voice: MappedVoice, text: string): Promise<Take> {
    signal.throwIfAborted();
    const request = { text, voiceId: voice.voiceId, modelId: voice.modelId, settings: voice.settings };
    const quote = await synthesis.quote(request, signal);
    // Put aside before it is asked for: several are asked for at once, and none may be too much.
    const aside = quote.there ? null : purse.putAside(quote.cost);
    const id = randomUUID();
    const stop = () => synthesis.cancel(id);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const started = await synthesis.start({
        id,
        projectId: library().shelf(),
        ...request,
        fresh: false,
        fallback: false,
      });
      for await (const _ of started.read()) {
        // It is heard to its end, so that it is stored whole.
      }
      const take = library().take(started.takeId);
      if (take === null || take.state !== 'done') {
        throw new FaultError(take?.fault ?? { code: 'cut_short', message: 'A take broke off before its end.' });
      }
      aside?.pay(started.cached ? null : costOf(take));
      return take;
    } catch (thrown) {
      aside?.putBack();
      throw thrown;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
  return { take: make };
}
