import { randomUUID } from 'node:crypto';
import { type FaultCode, FaultError, fault, toFault } from '../../shared/errors.ts';
import type { MappedVoice } from '../../shared/schemas/mapping.ts';
import type { Amount } from '../../shared/schemas/match-run.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Library } from '../library/library.ts';
import { NeverConnected } from '../providers/http/connection-fault.ts';
import { OpenCircuit } from '../providers/patience/circuit.ts';
import type { Provider } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';
import { untilAborted } from '../providers/until-aborted.ts';
import type { Quote, StartedTake, Synthesis } from '../synthesis/synthesis.ts';
import { weighed } from './of-all.ts';
import type { Purse } from './purse.ts';

/** Makes takes on the shelf. */
export interface TakesFor {
  /**
   * The take of a text by a voice: the one that is there, or a new one, which is paid.
   * @throws FaultError what the provider says; OfAll where it would cost more than was agreed to, or the provider can be
   *   reached no more; cancelled
   */
  take(voice: MappedVoice, text: string): Promise<Take>;
}

export interface TakesForParts {
  library: () => Library;
  registry: Pick<Registry, 'provider'>;
  synthesis: Pick<Synthesis, 'start' | 'quote' | 'cancel' | 'outcome'>;
  purse: Purse;
  signal: AbortSignal;
  /** Asked before anything that may cost. @throws FaultError where nobody wants it any more */
  wanted?(): void;
}

/** Times that a take is tried which somebody else was making and left. */
const MOST_JOINED = 3;

/** Refusals after which it is certain that nothing was made, so that nothing is billed. */
const REFUSED: ReadonlySet<FaultCode> = new Set([
  'unauthorised',
  'no_credit',
  'rate_limited',
  'bad_request',
  'unknown_voice',
  'unknown_model',
  'text_too_long',
  'invalid',
  'unsupported',
  'not_found',
  'model_missing',
]);

const isRefused = (thrown: unknown) =>
  thrown instanceof NeverConnected || thrown instanceof OpenCircuit || REFUSED.has(toFault(thrown).code);

/** Whether it would be billed, and nobody can say how much: then nobody has agreed to it. */
export const isUnpriced = ({ there, cost }: Quote, provider: Pick<Provider, 'bills'> | undefined): boolean =>
  !there && cost === null && provider?.bills === true;

const unpriced = ({ voiceName, voiceId, modelId }: MappedVoice) =>
  fault(
    'conflict',
    `What “${voiceName || voiceId}” costs is not known${modelId ? ` with the model ${modelId}` : ''}.`,
    {
      kept: 'Nothing was asked for.',
      todo: 'Make one take of a hundred characters with it, which tells its price, or choose another model.',
    },
  );

/** What a take cost. */
export function costOf({ cost }: Pick<Take, 'cost'>): Amount | null {
  const amount = cost.billed ?? cost.estimated;
  return cost.currency === '' || amount === 0 ? null : { amount, currency: cost.currency };
}

export function createTakesFor(parts: TakesForParts): TakesFor {
  const { library, registry, synthesis, purse, signal, wanted } = parts;

  async function make(voice: MappedVoice, text: string, nth = 1): Promise<Take> {
    signal.throwIfAborted();
    wanted?.();
    const request = { text, voiceId: voice.voiceId, modelId: voice.modelId, settings: voice.settings };
    const quote = await synthesis.quote(request, signal);
    // It may have been cancelled meanwhile: whoever listens for that only now hears of it no more.
    signal.throwIfAborted();
    const provider = registry.provider(voiceIdParts(voice.voiceId).provider);
    if (isUnpriced(quote, provider)) throw unpriced(voice);
    // Put aside before it is asked for: several are asked for at once, and none may be too much.
    const aside = quote.there ? null : purse.putAside(quote.cost);
    const id = randomUUID();
    const stop = () => synthesis.cancel(id);
    signal.addEventListener('abort', stop, { once: true });
    let started: StartedTake | null = null;
    try {
      const shelved = { ...request, id, projectId: library().shelf(), fresh: false, fallback: false };
      started = await untilAborted(signal, synthesis.start(shelved));
      // Whoever asked for an equal one pays for it.
      if (started.cached) aside?.putBack();
      const take = await untilAborted(signal, whole(started));
      aside?.pay(costOf(take));
      return take;
    } catch (thrown) {
      if (isRefused(thrown)) aside?.putBack();
      else aside?.lose(billed(id) ?? quote.cost);
      // Others who were making it may have left it.
      if (started?.cached && !signal.aborted && nth < MOST_JOINED) return make(voice, text, nth + 1);
      throw await weighed(thrown, provider, signal);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** The take, once it is stored whole. @throws FaultError why it is not */
  async function whole(started: StartedTake): Promise<Take> {
    const { takeId } = started;
    if (library().take(takeId)?.state !== 'done') {
      for await (const _ of started.read()) {
        // It is heard to its end, so that it is stored.
      }
    }
    const take = library().take(takeId);
    if (take?.state === 'done') return take;
    const broken = { code: 'cut_short', message: 'A take broke off before its end.' } as const;
    throw new FaultError(take?.fault ?? synthesis.outcome(takeId) ?? broken);
  }

  /** What the provider says that a take cost which is not whole; null where it says nothing. */
  function billed(takeId: string): Amount | null {
    const { cost = null } = library().take(takeId) ?? {};
    return cost === null || cost.billed === null ? null : { amount: cost.billed, currency: cost.currency };
  }

  return { take: (voice, text) => make(voice, text) };
}
