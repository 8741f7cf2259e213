import { type Fault, type FaultCode, fault, toFault } from '../../shared/errors.ts';
import type { MappingRow, MappingSide } from '../../shared/schemas/mapping.ts';
import type { PastSpeech } from '../../shared/schemas/past-speech.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Library } from '../library/library.ts';
import type { Provider } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';
import { isOfAll, isOfDisk, weighed } from './of-all.ts';
import { needsLines, recordingsOf, secondsOf, secondsWanted } from './recordings.ts';
import { shelvedSound } from './shelved-sound.ts';
import type { TakesFor } from './takes-for.ts';

/** Most of what it spoke before that is fetched. */
const MOST_PAST = 8;
/** Characters of past speech over which something shorter is heard first: a minute is enough. */
const LONG = 1000;

export interface HearSourceParts {
  library: () => Library;
  registry: Pick<Registry, 'provider'>;
  takes: TakesFor;
  signal: AbortSignal;
}

/**
 * Hears the old voice: first where it costs nothing, in recordings, in what it spoke before, in its preview; then, where
 * that is too little and it may, in new lines with the settings it is in use with. A line that it cannot speak is left out.
 *
 * @param lines that it may speak, none where it may not
 * @returns takes; never none
 * @throws FaultError what its provider says, or not_found, where nothing of it can be heard
 */
export async function hearSource(
  { source }: Pick<MappingRow, 'source'>,
  from: MappingSide,
  lines: readonly string[],
  parts: HearSourceParts,
): Promise<Take[]> {
  const takes = recordingsOf(source, parts.library());
  let why: Fault | null = null;
  const { voiceId } = source;
  const wanted = secondsWanted(source, from, takes);
  if (voiceId !== null && wanted > 0) {
    const free = await forNothing(voiceId, wanted, parts);
    takes.push(...free.takes);
    why = free.why;
  }
  if (voiceId !== null && needsLines(source, from, takes)) {
    for (const line of lines) {
      try {
        takes.push(await parts.takes.take({ ...source, voiceId }, line));
      } catch (thrown) {
        if (parts.signal.aborted || isOfAll(thrown)) throw thrown;
        why = toFault(thrown);
      }
    }
  }
  if (takes.length > 0) return takes;
  throw nothing(why, voiceId === null || from.kind === 'recordings');
}

function nothing(why: Fault | null, onlyRecorded: boolean) {
  if (onlyRecorded) {
    return fault('not_found', 'None of the recordings of this voice can be heard (any more).', {
      kept: 'Nothing was asked for.',
      todo: 'Add recordings of it.',
    });
  }
  // Its own code would say of an account without a history that nothing can be done with it at all.
  return fault('not_found', why ? `Nothing of this voice can be heard. ${why.message}` : NOT_HEARD, {
    todo: why?.todo ?? 'Let it speak new lines, or add recordings of it.',
    ...(why?.said === undefined ? {} : { said: why.said }),
  });
}

const NOT_HEARD = 'Nothing of this voice can be heard without asking for new lines.';

/** What passes over: to pay for new lines because of it would be a waste. */
const PASSES: ReadonlySet<FaultCode> = new Set(['unreachable', 'busy', 'rate_limited', 'provider_fault']);

/** What can be heard of a voice for nothing, as takes on the shelf, and why not more. What cannot be had is left out. */
async function forNothing(
  voiceId: string,
  seconds: number,
  parts: HearSourceParts,
): Promise<{ takes: Take[]; why: Fault | null }> {
  const { registry, library, signal } = parts;
  const { provider: providerId, local } = voiceIdParts(voiceId);
  const provider = registry.provider(providerId);
  if (!provider) {
    const message = `Its provider “${providerId}” is not set up (any more).`;
    return { takes: [], why: { code: 'not_found', message, todo: 'Set it up in Settings, or add recordings.' } };
  }
  const takes: Take[] = [];
  let why: Fault | null = null;
  const leftOut = (thrown: unknown) => {
    signal.throwIfAborted();
    if (isOfDisk(thrown)) throw thrown;
    why = toFault(thrown);
    return null;
  };
  const past = await pastOf(provider, local, signal).catch(async (thrown) => {
    if (!signal.aborted && PASSES.has(toFault(thrown).code)) throw await weighed(thrown, provider, signal);
    return leftOut(thrown) ?? [];
  });
  for (const { id, text } of past) {
    if (secondsOf(takes) >= seconds) break;
    const sound = { name: `past ${providerId} ${id}`, text, fetch: () => provider.pastSound?.(id, signal) };
    const take = await shelvedSound(library(), sound).catch(leftOut);
    if (take) takes.push(take);
  }
  if (secondsOf(takes) < seconds) {
    const sound = { name: `preview ${voiceId}`, text: '', fetch: () => provider.preview?.(local, signal) };
    const take = await shelvedSound(library(), sound).catch(leftOut);
    if (take) takes.push(take);
  }
  return { takes, why };
}

/** What a voice spoke before: the newest, but what takes minutes behind all that is short. */
async function pastOf(provider: Provider, local: string, signal: AbortSignal): Promise<PastSpeech[]> {
  const past = (await provider.pastSpeech?.(local, MOST_PAST, signal)) ?? [];
  const long = ({ characters }: PastSpeech) => (characters > LONG ? characters : 0);
  return past.toSorted((a, b) => long(a) - long(b));
}
