import { randomUUID } from 'node:crypto';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { fault } from '../../shared/errors.ts';
import { type ReferencePiece, referenceSound } from '../../shared/matching/reference-sound.ts';
import type { CloneLimits } from '../../shared/schemas/connection.ts';
import type { MappedVoice, MappingRow } from '../../shared/schemas/mapping.ts';
import type { CloneAnswer, CloneRequest } from '../../shared/schemas/mapping-deeds.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { wavFile } from '../../shared/sound/pcm.ts';
import { takeRecording } from '../connections/take-recording.ts';
import type { Importer } from '../import/importer.ts';
import type { Library } from '../library/library.ts';
import type { Provider } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';
import { isOfSide } from './candidates.ts';

/**
 * Longest reference in seconds, where a provider names no limit: Chatterbox hears the first ten seconds of one. Source:
 * resemble-ai/chatterbox, tts.py, DEC_COND_LEN.
 */
const LONGEST = 30;

export interface CloneSourceParts {
  library: () => Library;
  registry: Pick<Registry, 'provider' | 'refresh'>;
  importer: Pick<Importer, 'decode'>;
  /** Stored audio of a take in pieces. @throws FaultError not_found */
  readAudio(takeId: string): AsyncIterable<Int16Array>;
}

const NOT_SENT = 'Nothing was sent.';

/** @throws FaultError invalid */
function refuseWithoutRights({ rightsStated }: CloneRequest): void {
  if (rightsStated) return;
  throw fault(
    'invalid',
    'A voice is made of a recording only where the person states that they hold the rights to it.',
    {
      kept: NOT_SENT,
      todo: 'State that the voice is yours, or that its speaker has agreed; else choose one of the nearest voices.',
      param: 'rightsStated',
    },
  );
}

function rowOf(library: Library, rowId: string): MappingRow {
  const row = library.mappings.row(rowId);
  if (row) return row;
  throw fault('not_found', 'There is no such voice in the mapping (any more).', { kept: NOT_SENT, param: 'rowId' });
}

/** @throws FaultError not_found, conflict */
function takeOf(library: Library, id: string): Take {
  const take = library.take(id);
  if (!take)
    throw fault('not_found', 'A recording of the voice is not there any more.', { kept: NOT_SENT, param: 'takeIds' });
  if (take.state !== 'rendering') return take;
  throw fault('conflict', 'A recording of the voice is still being made.', {
    kept: NOT_SENT,
    todo: 'Wait until it is done.',
    param: 'takeIds',
  });
}

/** What a recording must be, after the servers were asked where it is not known; null where none takes any. */
async function limitsOf(provider: Provider, signal: AbortSignal): Promise<CloneLimits | null> {
  const known = provider.cloning?.() ?? null;
  if (known || !provider.cloning) return known;
  await provider.probe(signal);
  return provider.cloning();
}

/** The beginning of a take as its provider gave it, without what the studio does to it: that is set for the new voice. */
async function pieceOf(take: Take, seconds: number, parts: CloneSourceParts): Promise<ReferencePiece> {
  const samples = new Int16Array(Math.min(take.samples, Math.ceil(seconds * take.sampleRate)));
  let at = 0;
  for await (const piece of parts.readAudio(take.id)) {
    const part = piece.subarray(0, samples.length - at);
    samples.set(part, at);
    at += part.length;
    if (at === samples.length) break;
  }
  return { samples, sampleRate: take.sampleRate };
}

/** The recordings as one, within what the servers take. */
async function reference(takes: readonly Take[], limits: CloneLimits | null, parts: CloneSourceParts) {
  const mostSeconds = Math.min(limits?.mostSeconds ?? LONGEST, LONGEST);
  const pieces: ReferencePiece[] = [];
  // A little more than may be sent, so that a pause at the limit is found.
  for (const take of takes) pieces.push(await pieceOf(take, mostSeconds + 1, parts));
  return referenceSound(pieces, { mostSeconds, mostBytes: limits?.mostBytes ?? null });
}

/** The new voice as it is chosen: with nothing set, by the mapping's model where it speaks that. */
async function choiceOf(
  voiceId: string,
  { provider, name }: CloneRequest,
  { mappingId }: MappingRow,
  parts: CloneSourceParts,
  signal: AbortSignal,
): Promise<MappedVoice> {
  const { voices } = await parts.registry.refresh(signal, provider);
  const voice = voices.find(({ id }) => id === voiceId);
  const to = parts.library().mappings.one(mappingId)?.to;
  const modelId = to?.kind === 'provider' && voice && isOfSide(voice, to) ? to.modelId : null;
  return { voiceId, voiceName: voice?.name ?? name, modelId, settings: NEUTRAL_SETTINGS };
}

/** What the history of the row says of where the voice comes from. */
function noteOf(seconds: number, takes: readonly Take[], provider: Provider): string {
  const names = takes.map(({ name, text, id }) => `“${name || text.slice(0, 60) || id}”`).join(', ');
  const made = `The new voice was made at ${provider.name} of ${seconds.toFixed(1)} s of ${names}.`;
  return `It was stated that the rights to this voice are held. ${made}`;
}

/**
 * Makes a new voice of recordings of the old one, where the person states that they hold the rights to it. It becomes the
 * row's choice by hand, with neutral settings; who stated it and when stands in the row's history as a verdict “later”, for
 * nobody has judged the new voice yet.
 *
 * @throws FaultError invalid without that statement or where the recording is too short; not_found, unsupported, and what
 *   the provider says
 */
export async function cloneSource(
  rowId: string,
  request: CloneRequest,
  parts: CloneSourceParts,
  signal: AbortSignal,
): Promise<CloneAnswer> {
  refuseWithoutRights(request);
  const { library, registry, importer } = parts;
  const row = rowOf(library(), rowId);
  const takes = request.takeIds.map((id) => takeOf(library(), id));
  const provider = registry.provider(request.provider);
  if (!provider) {
    throw fault('not_found', `“${request.provider}” is not set up here.`, { kept: NOT_SENT, param: 'provider' });
  }
  const { samples, sampleRate } = await reference(takes, await limitsOf(provider, signal), parts);
  const { name, by, language = row.source.language } = request;
  const sent = { name, fileName: `${name}.wav`, language, bytes: wavFile(samples, sampleRate) };
  const local = await takeRecording(provider, sent, importer.decode, signal);
  const voiceId = `${provider.id}:${local}`;
  const choice = await choiceOf(voiceId, request, row, parts, signal);
  const seconds = samples.length / sampleRate;
  const { mappings } = library();
  if (!mappings.row(rowId)) {
    throw fault('not_found', 'The old voice was taken out of the mapping while the new one was made.', {
      kept: `The new voice is there: “${choice.voiceName}” at ${provider.name}.`,
      todo: 'Bring the old voice back into the mapping, and choose the new one.',
      param: 'rowId',
    });
  }
  const note = noteOf(seconds, takes, provider);
  const stated = { id: randomUUID(), at: Date.now(), by, verdict: 'later', note, choice } as const;
  // The voice is never chosen without the statement that it may be.
  const chosen = mappings.together(() => {
    mappings.patchRow(rowId, { choice, byHand: true });
    return mappings.fileVerdict(rowId, stated);
  });
  return { voiceId, seconds, row: chosen };
}
