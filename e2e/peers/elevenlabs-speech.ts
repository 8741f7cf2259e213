import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from './elevenlabs-account.ts';
import type { PeerModel } from './elevenlabs-models.ts';
import type { Refused } from './elevenlabs-refusals.ts';
import { REFUSED } from './elevenlabs-refusals.ts';
import { type Alignment, alignmentOf, encoded, joinedSound, type OutputFormat } from './elevenlabs-sound.ts';
import { modelRefusal, type SpeechBody, sentencesOf, spokenOf, takesLanguage } from './elevenlabs-text.ts';
import type { ListedPeerVoice } from './elevenlabs-voices.ts';
import type { PeerEngine } from './peer-engine.ts';
import { freshSeeds, inLanguage, type NamedVoice, withSeed } from './peer-voices.ts';
import { inReads } from './sound-framing.ts';
import { PEER_RATE } from './speech.ts';

/** Speech that was accepted. */
export interface Generation {
  body: SpeechBody;
  model: PeerModel;
  voice: ListedPeerVoice;
  format: OutputFormat;
  requestId: string;
  credits: number;
  /** Told what was spoken, sentence by sentence, once all of it is: s16 at {@link PEER_RATE}. */
  onSpoken?(sound: readonly Int16Array[]): void;
}

/** Why the account may not have this; null where it may. */
export function accountRefusal(account: Account, { credits, format, voice }: Generation): Refused | null {
  if (voice.rate !== null && account.plan === 'free') return REFUSED.libraryVoice;
  const left = account.limit - account.used;
  return account.formatRefusal(format.name) ?? (credits > left ? REFUSED.credits(left, credits) : null);
}

/** Why this is not spoken; null where it is. */
export function refusalOf(
  generation: Generation,
  account: Account,
  query: URLSearchParams,
  { v3Steps, v4 }: { v3Steps: boolean; v4: boolean },
): Refused | null {
  const { body, model } = generation;
  if (!model.speaks || (!v4 && model.id.startsWith('eleven_v4'))) return REFUSED.modelHere(model.id);
  return modelRefusal(body, model, query, v3Steps) ?? accountRefusal(account, generation);
}

const nextSeed = freshSeeds();

/** The voice as this request has it: stored settings, then the request's, as far as the model honours them. */
function voiceOf({ body, model, voice }: Generation): NamedVoice {
  const asked = model.honours.includes('speed') ? (body.voice_settings.speed ?? voice.settings.speed) : 1;
  const sound = { ...voice.sound, rate: Math.round(voice.sound.rate * asked) };
  const language = body.language_code ?? null;
  const own = sound.language.split('-')[0];
  const named: NamedVoice = { name: voice.id, sound };
  const said =
    language !== null && language !== own && takesLanguage(model, language) ? inLanguage(named, language) : named;
  return withSeed(said, body.seed ?? nextSeed());
}

/** A sentence that was spoken, and when its characters are heard. */
interface SpokenSentence {
  sound: Int16Array;
  alignment: Alignment;
}

async function* sentences(engine: PeerEngine, generation: Generation): AsyncGenerator<SpokenSentence> {
  const voice = voiceOf(generation);
  const sounds: Int16Array[] = [];
  let samples = 0;
  for (const sentence of sentencesOf(generation.body.text)) {
    const spoken = spokenOf(sentence, generation.model);
    const sound = spoken === '' ? new Int16Array(PEER_RATE / 10) : await engine.job(() => engine.say(spoken, voice));
    yield { sound, alignment: alignmentOf(sentence, samples / PEER_RATE, sound.length) };
    samples += sound.length;
    sounds.push(sound);
  }
  generation.onSpoken?.(sounds);
}

/** What a generation sounds like, sentence by sentence: s16 at {@link PEER_RATE}. */
export async function spokenSound(engine: PeerEngine, generation: Generation): Promise<Int16Array[]> {
  const sounds: Int16Array[] = [];
  for await (const { sound } of sentences(engine, generation)) sounds.push(sound);
  return sounds;
}

async function whole(engine: PeerEngine, generation: Generation) {
  const spoken: SpokenSentence[] = [];
  for await (const sentence of sentences(engine, generation)) spoken.push(sentence);
  const sound = joinedSound(spoken.map((one) => one.sound));
  const alignment: Alignment = {
    characters: spoken.flatMap((one) => one.alignment.characters),
    character_start_times_seconds: spoken.flatMap((one) => one.alignment.character_start_times_seconds),
    character_end_times_seconds: spoken.flatMap((one) => one.alignment.character_end_times_seconds),
  };
  return { bytes: await encoded(sound, generation.format), alignment };
}

/** Sound as it is made, sentence by sentence; MP3 is one run of frames, made at the end. */
async function* streamed(
  engine: PeerEngine,
  generation: Generation,
): AsyncGenerator<{ bytes: Uint8Array; alignment: Alignment }> {
  if (generation.format.codec === 'mp3') {
    yield await whole(engine, generation);
    return;
  }
  for await (const { sound, alignment } of sentences(engine, generation)) {
    yield { bytes: await encoded(sound, generation.format), alignment };
  }
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const text = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);

/** What stands behind a path: the type of the answer, and its body in pieces. */
export interface SpeechAnswer {
  contentType(generation: Generation): string;
  body(engine: PeerEngine, generation: Generation): AsyncGenerator<Uint8Array>;
}

const contentType = ({ format }: Generation) => format.contentType;

/** The four ways to ask for speech, by what follows the voice in the path. */
export const SPEECH_PATHS: Readonly<Record<string, SpeechAnswer>> = {
  '': {
    contentType,
    async *body(engine, generation) {
      yield* inReads([(await whole(engine, generation)).bytes]);
    },
  },
  '/stream': {
    contentType,
    async *body(engine, generation) {
      for await (const { bytes } of streamed(engine, generation)) yield* inReads([bytes]);
    },
  },
  '/with-timestamps': {
    contentType: () => 'application/json',
    async *body(engine, generation) {
      const { bytes, alignment } = await whole(engine, generation);
      yield* inReads([text({ audio_base64: base64(bytes), alignment, normalized_alignment: alignment })]);
    },
  },
  '/stream/with-timestamps': {
    contentType: () => 'application/json',
    async *body(engine, generation) {
      for await (const { bytes, alignment } of streamed(engine, generation)) {
        let first = true;
        for await (const piece of inReads([bytes])) {
          // Only the first line of a sentence has its characters.
          const times = first ? alignment : null;
          yield text({ audio_base64: base64(piece), alignment: times, normalized_alignment: times });
          first = false;
        }
      }
    },
  },
};

/** The same pieces, each but the first after a wait. @param ms how long */
export async function* atPace(pieces: AsyncIterable<Uint8Array>, ms: number): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const piece of pieces) {
    if (!first && ms > 0) await wait(ms);
    first = false;
    yield piece;
  }
}
