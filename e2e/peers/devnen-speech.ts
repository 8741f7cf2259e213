import { encode } from '../../engine/export/encode.ts';
import { OPUS_RATE } from '../../engine/export/encode-opus.ts';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { s16ToBytes, s16ToFloat, wavFile } from '../../shared/sound/pcm.ts';
import { type DevnenModel, LANGUAGES } from './devnen-facts.ts';
import type { Recording } from './devnen-voices.ts';
import { changed, EngineFailure, type PeerEngine } from './peer-engine.ts';
import { inLanguage, withSeed } from './peer-voices.ts';
import { pcmHeader, sentenceChunks } from './sound-framing.ts';
import { PEER_RATE } from './speech.ts';

/** Where two chunks overlap, and the silence between them in a whole file, in samples. */
const CROSSFADE = PEER_RATE * 0.02;
const PAUSE = PEER_RATE * 0.2;
/** The turbo model wants a recording longer than this, in seconds. Source: resemble-ai/chatterbox, tts_turbo.py. */
const SHORTEST_FOR_TURBO = 5;

/** One request as the model gets it. */
export interface DevnenSpeech {
  chunks: string[];
  recording: Recording;
  model: DevnenModel;
  temperature: number;
  speed: number;
  /** One for each chunk. */
  seeds: number[];
  language: string;
}

export type DevnenFormat = 'wav' | 'opus' | 'mp3';

/** Splits a text as the server does: not at all up to one and a half times the size. */
export function chunksOf(text: string, split: boolean, size: number): string[] {
  return split && text.length > size * 1.5 ? sentenceChunks(text, size) : [text];
}

/** Speaks one chunk. All that is wrong is one error, whatever it was. */
async function speakChunk(engine: PeerEngine, speech: DevnenSpeech, at: number): Promise<Int16Array> {
  const { model, recording, language, temperature, speed } = speech;
  const seed = speech.seeds[at] ?? 0;
  const refused =
    seed < 0 ||
    temperature <= 0 ||
    (model === 'multilingual' && !(language in LANGUAGES)) ||
    (model === 'turbo' && recording.seconds !== null && recording.seconds <= SHORTEST_FOR_TURBO);
  try {
    if (refused) throw new EngineFailure('The model refused.');
    const voice = withSeed(recording.voice, seed);
    const spoken = model === 'multilingual' ? inLanguage(voice, language) : voice;
    return await changed(await engine.say(speech.chunks[at] ?? '', spoken), { speed });
  } catch (thrown) {
    if (!(thrown instanceof EngineFailure)) throw thrown;
    throw new EngineFailure(`TTS engine failed to synthesize audio for chunk ${at + 1}.`);
  }
}

/** The whole text: chunks fade out and in, with a pause between. */
export async function speakWhole(engine: PeerEngine, speech: DevnenSpeech): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  for (let at = 0; at < speech.chunks.length; at += 1) {
    const chunk = Int16Array.from(await speakChunk(engine, speech, at));
    if (at > 0) {
      pieces.push(new Int16Array(PAUSE));
      fade(chunk, 0, 1);
    }
    if (at < speech.chunks.length - 1) fade(chunk, Math.max(0, chunk.length - CROSSFADE), -1);
    pieces.push(chunk);
  }
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function fade(samples: Int16Array, from: number, direction: 1 | -1): void {
  for (let i = 0; i < CROSSFADE && from + i < samples.length; i += 1) {
    const gain = direction > 0 ? i / CROSSFADE : 1 - i / CROSSFADE;
    samples[from + i] = Math.round((samples[from + i] ?? 0) * gain);
  }
}

/**
 * The text as a WAV file whose length is not known, one burst for each chunk, the header with the first. Chunks overlap
 * without a pause. Where the engine fails it ends as if all were well: with nothing at all, or too early.
 */
export async function speakStream(
  engine: PeerEngine,
  speech: DevnenSpeech,
  give: (burst: Uint8Array) => void,
): Promise<void> {
  let tail = new Int16Array(0);
  try {
    for (let at = 0; at < speech.chunks.length; at += 1) {
      const chunk = Int16Array.from(await speakChunk(engine, speech, at));
      for (let i = 0; i < tail.length && i < chunk.length; i += 1) {
        const gain = i / tail.length;
        chunk[i] = Math.round((tail[i] ?? 0) * (1 - gain) + (chunk[i] ?? 0) * gain);
      }
      const last = at === speech.chunks.length - 1;
      const end = last ? chunk.length : Math.max(0, chunk.length - CROSSFADE);
      tail = chunk.slice(end);
      const sound = s16ToBytes(chunk.subarray(0, end));
      const header = pcmHeader(PEER_RATE, { riff: 0xffffffff, data: 0xffffffff });
      give(at === 0 ? Buffer.concat([header, sound]) : sound);
    }
  } catch (thrown) {
    if (!(thrown instanceof EngineFailure)) throw thrown;
  }
}

/** A sound as a file. */
export async function fileOf(samples: Int16Array, format: DevnenFormat): Promise<Uint8Array> {
  if (format === 'wav') return wavFile(samples, PEER_RATE);
  if (format === 'mp3') return (await encode(s16ToFloat(samples), PEER_RATE, 'mp3', 'Lavf61.7.103')).bytes;
  // The chain gives its sound at Opus's own rate.
  return (await encode(await renderOffline(samples, PEER_RATE, NEUTRAL_STUDIO), OPUS_RATE, 'opus', '')).bytes;
}
