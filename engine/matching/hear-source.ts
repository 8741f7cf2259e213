import type { MappingRow, MappingSide } from '../../shared/schemas/mapping.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Library } from '../library/library.ts';
import type { SpeechStream } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';
import type { TakesFor } from './takes-for.ts';

/** Seconds of sound of the old voice that are enough. */
const ENOUGH = 15;
/** Seconds under which it speaks new lines, where it may. */
const TOO_LITTLE = 6;
/** Most of what it spoke before that is fetched. */
const MOST_PAST = 8;

export interface HearSourceParts {
  library: () => Library;
  registry: Pick<Registry, 'provider'>;
  takes: TakesFor;
  signal: AbortSignal;
}

/** What the old voice is heard in. */
export interface HeardSource {
  takes: Take[];
}

const secondsOf = (takes: readonly Take[]) => takes.reduce((sum, take) => sum + take.samples / take.sampleRate, 0);

/**
 * Hears the old voice: first where it costs nothing, in recordings, in what it spoke before, in its preview; then, where
 * that is too little and it may, in new lines with the settings it is in use with.
 *
 * @param lines that it may speak, none where it may not
 * @throws FaultError what its provider says, where nothing of it can be heard
 */
export async function hearSource(
  { source }: Pick<MappingRow, 'source'>,
  from: MappingSide,
  lines: readonly string[],
  parts: HearSourceParts,
): Promise<HeardSource> {
  const { library } = parts;
  const recorded = source.recordings.flatMap((id) => library().take(id) ?? []);
  if (source.voiceId === null || from.kind === 'recordings') return { takes: recorded };
  const takes = [...recorded];
  if (secondsOf(takes) < ENOUGH) takes.push(...(await forNothing(source.voiceId, ENOUGH - secondsOf(takes), parts)));
  if (secondsOf(takes) >= TOO_LITTLE) return { takes };
  const { voiceId } = source;
  for (const line of lines) takes.push(await parts.takes.take({ ...source, voiceId }, line));
  return { takes };
}

/** What can be heard of a voice for nothing, as takes on the shelf. What cannot be had is left out. */
async function forNothing(voiceId: string, seconds: number, parts: HearSourceParts): Promise<Take[]> {
  const { registry, signal } = parts;
  const { provider: providerId, local } = voiceIdParts(voiceId);
  const provider = registry.provider(providerId);
  if (!provider) return [];
  const takes: Take[] = [];
  const past = (await provider.pastSpeech?.(local, MOST_PAST, signal).catch(leftOut(signal))) ?? [];
  for (const { id, text } of past) {
    if (secondsOf(takes) >= seconds) break;
    const take = await shelved(`past ${providerId} ${id}`, text, parts, () => provider.pastSound?.(id, signal));
    if (take) takes.push(take);
  }
  if (secondsOf(takes) < seconds) {
    const take = await shelved(`preview ${voiceId}`, '', parts, () => provider.preview?.(local, signal));
    if (take) takes.push(take);
  }
  return takes;
}

/** What cannot be had for nothing is no failure; that it was cancelled is. */
const leftOut = (signal: AbortSignal) => () => {
  signal.throwIfAborted();
  return null;
};

/** A recording as a take on the shelf: the one that was fetched before, or a new one. */
async function shelved(
  name: string,
  text: string,
  { library, signal }: HearSourceParts,
  fetch: () => Promise<SpeechStream | null> | undefined,
): Promise<Take | null> {
  const projectId = library().shelf();
  const query = { projectId, search: name, sort: 'newest', offset: 0, limit: 5 } as const;
  const known = library()
    .takes(query)
    .takes.find((take) => take.name === name && take.state === 'done');
  if (known) return known;
  try {
    const stream = await fetch();
    if (!stream) return null;
    const pieces: Int16Array[] = [];
    for await (const piece of stream.chunks) pieces.push(piece);
    const samples = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      samples.set(piece, at);
      at += piece.length;
    }
    if (samples.length === 0) return null;
    return await library().importTake({
      projectId,
      name,
      text,
      language: null,
      samples,
      sampleRate: stream.sampleRate,
    });
  } catch {
    return leftOut(signal)();
  }
}
