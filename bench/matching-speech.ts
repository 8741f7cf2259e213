import { fileURLToPath } from 'node:url';
import { EspeakEngine } from '../engine/providers/builtin/espeak-engine.ts';
import { KokoroEngine } from '../engine/providers/builtin/kokoro-engine.ts';
import { loadVoice, styleRow } from '../engine/providers/builtin/kokoro-styles.ts';
import { toPhonemes } from '../engine/providers/builtin/kokoro-text.ts';
import { toTokens } from '../engine/providers/builtin/kokoro-tokens.ts';
import { kokoroVoices, languageOfVoice } from '../engine/providers/builtin/kokoro-voices.ts';
import { KOKORO_RATE } from '../engine/providers/builtin/speech-sound.ts';
import { speechFrames } from '../shared/profile/speech-frames.ts';
import { statisticsOf, type VoiceStatistics } from '../shared/profile/voice-statistics.ts';
import { seeded } from '../shared/seeded.ts';
import { CHAIN_RATE } from '../shared/sound/chain-format.ts';
import { renderOffline } from '../shared/sound/chain-offline.ts';
import { measureLoudness } from '../shared/sound/loudness.ts';
import { floatToS16, s16ToFloat } from '../shared/sound/pcm.ts';
import { instantiateStretch } from '../shared/sound/stretch-wasm.ts';

const MODELS =
  process.env.TIMBRE_MODELS ?? fileURLToPath(new URL('../node_modules/.cache/timbre/models', import.meta.url));

/** Speech, one channel. */
export interface Sound {
  samples: Int16Array;
  sampleRate: number;
}

/** The 54 voices of the model, by their own names. */
export const VOICES: readonly string[] = kokoroVoices().flatMap(
  ({ id }) => /kokoro\/([a-z]{2}_\w+)$/.exec(id)?.[1] ?? [],
);

/** Every voice of Kokoro speaks English here, so that no language tells them apart. */
export class EnglishKokoro {
  readonly #espeak = new EspeakEngine(() => undefined);
  readonly #kokoro = new KokoroEngine(
    MODELS,
    () => undefined,
    () => undefined,
  );

  async say(text: string, voice: string): Promise<Sound> {
    const tokens = toTokens(await toPhonemes(text, languageOfVoice('af_heart'), this.#espeak.phonemes));
    const { samples } = await this.#kokoro.say(tokens, styleRow(await loadVoice(voice), tokens.length), 1);
    return { samples, sampleRate: KOKORO_RATE };
  }

  async close(): Promise<void> {
    await Promise.all([this.#kokoro.close(), this.#espeak.close()]);
  }
}

/** What was done to a voice: times its speed, semitones, dB, and whether its formants stayed where they were. */
export interface Change {
  speed: number;
  pitch: number;
  volume: number;
  formantsStay: boolean;
}

/** A change drawn from a seed: speed 0.8 to 1.25, pitch ±4 semitones, level ±6 dB, every second one with its formants. */
export function drawnChange(seed: number): Change {
  const random = seeded(seed);
  const speed = 0.8 * (1.25 / 0.8) ** random();
  return { speed, pitch: 8 * random() - 4, volume: 12 * random() - 6, formantsStay: random() < 0.5 };
}

/** Milliseconds of a block and between two of them, as Signalsmith Stretch has them by default. */
const BLOCK = 0.12;
const INTERVAL = 0.03;
/** Hz above which the spectrum is moved rather than stretched, likewise. */
const TONALITY = 8000;

/** Speed and pitch changed, the formants where they were. The studio itself moves them along. */
function formantsKept(sound: Float32Array, sampleRate: number, { speed, pitch }: Change): Float32Array {
  const wasm = instantiateStretch();
  wasm.configure(1, Math.round(sampleRate * BLOCK), Math.round(sampleRate * INTERVAL), 0);
  wasm.setTransposeSemitones(pitch, TONALITY / sampleRate);
  wasm.setFormantSemitones(0, 1);
  wasm.setFormantBase(0);
  const input = sound.length + 2 * (wasm.inputLatency() + wasm.outputLatency());
  const output = Math.round(input / speed);
  const room = Math.max(input, output);
  const pointer = wasm.setBuffers(1, room);
  new Float32Array(wasm.memory.buffer, pointer, room).fill(0);
  new Float32Array(wasm.memory.buffer, pointer, input).set(sound);
  wasm.process(input, output);
  return new Float32Array(wasm.memory.buffer, pointer + 4 * room, output).slice();
}

/** The sound after a change. */
export async function changed({ samples, sampleRate }: Sound, change: Change): Promise<Sound> {
  const { speed, pitch, volume, formantsStay } = change;
  const before = s16ToFloat(samples);
  const sound = formantsStay
    ? formantsKept(before, sampleRate, change)
    : await renderOffline(samples, sampleRate, { speed, pitch, volume: 0 });
  // Keeping the formants changes the level by some dB, which is no change of the voice.
  const own = formantsStay ? (measureLoudness(before, sampleRate) ?? 0) - (measureLoudness(sound, sampleRate) ?? 0) : 0;
  const gain = 10 ** ((volume + own) / 20);
  const louder = sound.map((sample) => Math.min(1, Math.max(-1, sample * gain)));
  return { samples: floatToS16(louder), sampleRate: formantsStay ? sampleRate : CHAIN_RATE };
}

/** Statistics of a sound whose text has so many syllables. */
export function statisticsOfSound({ samples, sampleRate }: Sound, syllables: number | null = null): VoiceStatistics {
  const sound = s16ToFloat(samples);
  return statisticsOf(speechFrames(sound, sampleRate), { syllables, loudness: measureLoudness(sound, sampleRate) });
}
