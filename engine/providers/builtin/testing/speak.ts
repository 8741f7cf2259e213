import { NEUTRAL_SETTINGS } from '../../../../shared/controls/controls.ts';
import type { ProviderHealth } from '../../../../shared/schemas/voice.ts';
import { s16ToFloat } from '../../../../shared/sound/pcm.ts';
import { pitchStatistics, trackPitch } from '../../../../shared/sound/pitch-track.ts';
import type { StoredBlend } from '../../../library/library.ts';
import type { Provider, SpeechRequest, SpeechStream } from '../../provider.ts';
import { createBuiltinProvider } from '../builtin-provider.ts';

/** The built-in provider as tests use it, with what it told. */
export interface TestProvider {
  provider: Provider;
  blends: StoredBlend[];
  health: ProviderHealth[];
  progress: { progress: number | null; done: boolean }[];
}

/** @param modelFolder by default the one that tests share, so that the model is joined once */
export function openProvider(
  modelFolder = process.env.TIMBRE_MODELS ?? 'node_modules/.cache/timbre/models',
): TestProvider {
  const blends: StoredBlend[] = [];
  const health: ProviderHealth[] = [];
  const progress: TestProvider['progress'] = [];
  const provider = createBuiltinProvider({
    modelFolder,
    blends: () => blends,
    addBlend: (blend) => blends.push(blend),
    removeBlend: (id) => {
      blends.splice(
        blends.findIndex((blend) => blend.id === id),
        1,
      );
    },
    onHealth: (now) => health.push(now),
    onProgress: (_, value, done) => progress.push({ progress: value, done }),
  });
  return { provider, blends, health, progress };
}

/** A request with all controls at neutral. */
export function ask(voice: string, text: string, more: Partial<SpeechRequest> = {}): SpeechRequest {
  const { speed, pitch, volume, emotion, seed, parameters } = NEUTRAL_SETTINGS;
  const model = voice.split('/')[0] ?? '';
  return { text, voice, model, language: null, speed, pitch, volume, emotion, seed, parameters, ...more };
}

/** All of a stream's samples. */
export async function readAll(stream: SpeechStream): Promise<Int16Array> {
  const chunks: Int16Array[] = [];
  for await (const chunk of stream.chunks) chunks.push(chunk);
  const all = new Int16Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** A whole utterance, measured. */
export interface Heard {
  samples: Int16Array;
  /** Seconds. */
  duration: number;
  /** Of full scale, 0-1. */
  peak: number;
  /** Median fundamental in Hz, and its 5th to 95th percentile in semitones; 0 where no voice was found. */
  pitch: number;
  melody: number;
}

export async function hear(provider: Provider, request: SpeechRequest, signal?: AbortSignal): Promise<Heard> {
  const stream = await provider.stream(request, signal ?? new AbortController().signal);
  const samples = await readAll(stream);
  const floats = s16ToFloat(samples);
  const track = pitchStatistics(trackPitch(floats, stream.sampleRate).pitch);
  return {
    samples,
    duration: samples.length / stream.sampleRate,
    peak: floats.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0),
    pitch: track?.median ?? 0,
    melody: track?.range ?? 0,
  };
}
