import type { Capabilities, Emotion, EmotionName } from '../../../shared/controls/controls.ts';
import { loadVoice, STYLE_SIZE, styleRow } from './kokoro-styles.ts';

/**
 * Kokoro has no input for emotion, but the second half of a voice's style row steers melody and pace, and the voices
 * differ in it. Two directions are taken from them: the mean of four female and four male voices that have more of
 * something, less the mean of as many that have less of it. Measured on af_heart, am_michael, am_puck and bf_emma with two
 * sentences (median and 10th to 90th percentile of the fundamental): one step of `melody` up widens the melody by 1.0 to
 * 4.3 semitones and moves its middle by 1.6 at most, one step down narrows it by 0.4 to 5; one step of `height` moves
 * the voice by 3 to 6 semitones up, by 4 to 7.6 down. A speech recogniser understood every word of
 * excited, sad, angry and surprised in full.
 */
const DIRECTIONS = {
  melody: {
    more: ['af_kore', 'af_sky', 'af_sarah', 'bf_lily', 'am_echo', 'am_eric', 'am_puck', 'bm_fable'],
    less: ['af_nicole', 'af_bella', 'bf_emma', 'bf_isabella', 'am_onyx', 'am_santa', 'bm_george', 'bm_lewis'],
  },
  height: {
    more: ['af_jessica', 'bf_alice', 'bf_isabella', 'bf_lily', 'am_eric', 'am_fenrir', 'bm_daniel', 'bm_george'],
    less: ['af_alloy', 'af_nicole', 'af_nova', 'af_sky', 'am_adam', 'am_michael', 'am_onyx', 'bm_lewis'],
  },
} as const;
type Direction = keyof typeof DIRECTIONS;

/** First number of the half of a row that steers melody and pace. */
const PROSODY = STYLE_SIZE / 2;

/** How far to go in each direction, and times the speed. */
interface Shape {
  melody: number;
  height: number;
  pace: number;
}

/** Emotions in full: own values, chosen so that speech stays plain to a speech recogniser. */
const FULL: Readonly<Partial<Record<EmotionName, Shape>>> = {
  calm: { melody: -0.8, height: -0.2, pace: 0.9 },
  happy: { melody: 1, height: 0.5, pace: 1.06 },
  excited: { melody: 1.5, height: 0.9, pace: 1.14 },
  sad: { melody: -1.1, height: -0.6, pace: 0.84 },
  angry: { melody: 1.3, height: -0.4, pace: 1.1 },
  surprised: { melody: 1.6, height: 1.2, pace: 1 },
};

/** What is said of them to a person. */
export const KOKORO_EMOTION: Capabilities['emotion'] = {
  names: ['calm', 'happy', 'excited', 'sad', 'angry', 'surprised'],
  note: 'The nearest Kokoro has: size and height of the melody and the pace change, the voice’s colour does not. Its voice Nicole whispers by nature.',
};

/** A style as an emotion shapes it. */
export interface EmotionShape {
  /** Times the speed asked for. */
  pace: number;
  /** Changes a row for so many tokens in place. */
  apply(row: Float32Array, tokens: number): void;
}

async function direction(name: Direction): Promise<(tokens: number) => Float32Array> {
  const { more, less } = DIRECTIONS[name];
  const load = (ids: readonly string[]) => Promise.all(ids.map(loadVoice));
  const [above, below] = [await load(more), await load(less)];
  return (tokens) => {
    const sum = new Float32Array(STYLE_SIZE);
    const add = (voices: Float32Array[], weight: number) => {
      for (const voice of voices) {
        const row = styleRow(voice, tokens);
        for (let i = PROSODY; i < STYLE_SIZE; i++) sum[i] = (sum[i] ?? 0) + (row[i] ?? 0) * weight;
      }
    };
    add(above, 1 / more.length);
    add(below, -1 / less.length);
    return sum;
  };
}

/**
 * How an emotion shapes styles: in a straight line from nothing at intensity 0.
 * @throws FaultError model_missing
 */
export async function kokoroEmotion({ name, intensity }: Emotion): Promise<EmotionShape> {
  const full = FULL[name];
  if (!full || intensity === 0) return { pace: 1, apply: () => undefined };
  const directions = await Promise.all([direction('melody'), direction('height')]);
  const steps = [full.melody * intensity, full.height * intensity];
  return {
    pace: 1 + (full.pace - 1) * intensity,
    apply(row, tokens) {
      directions.forEach((along, at) => {
        const difference = along(tokens);
        const step = steps[at] ?? 0;
        for (let i = PROSODY; i < STYLE_SIZE; i++) row[i] = (row[i] ?? 0) + (difference[i] ?? 0) * step;
      });
    },
  };
}
