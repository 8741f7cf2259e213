import { fault, toFault } from '../../../shared/errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Dialect, DialectName, ServerFacts } from './dialect.ts';
import { devnen } from './dialects/devnen.ts';
import { openai } from './dialects/openai.ts';
import { resemble } from './dialects/resemble.ts';
import { rest } from './dialects/rest.ts';
import { travisvn } from './dialects/travisvn.ts';

/**
 * In the order in which they are looked for: those with a call of their own before those whose calls others have too. Many
 * answer OpenAI's list of voices, so that one comes last.
 */
const IN_ORDER: readonly Dialect[] = [devnen, rest, resemble, travisvn, openai];

export function dialectOf(name: DialectName): Dialect {
  const found = IN_ORDER.find((dialect) => dialect.name === name);
  if (!found) throw fault('internal', `There is no dialect ${name}.`);
  return found;
}

/**
 * Finds out what kind of server is at an address.
 *
 * @param wanted the kind a person chose; null to find out
 * @throws FaultError unreachable, unauthorised …; provider_fault where it is none that is known, or not the one wanted
 */
export async function findDialect(
  client: HttpClient,
  wanted: DialectName | null,
  signal: AbortSignal,
): Promise<{ dialect: Dialect; facts: ServerFacts }> {
  let trouble: unknown = null;
  for (const dialect of wanted === null ? IN_ORDER : [dialectOf(wanted)]) {
    try {
      const facts = await dialect.probe(client, signal);
      if (facts) return { dialect, facts };
    } catch (thrown) {
      // A failure of one call may be that kind's alone; not reaching the machine is not.
      if (['unreachable', 'cancelled', 'busy'].includes(toFault(thrown).code)) throw thrown;
      trouble ??= thrown;
    }
  }
  if (trouble) throw trouble;
  throw fault(
    'provider_fault',
    wanted === null
      ? 'At this address is no Chatterbox server of a kind that is known.'
      : `The server at this address is not of the kind ${dialectOf(wanted).title}.`,
    { todo: 'See whether the address is right, with its port; or choose the kind of server by hand.' },
  );
}
