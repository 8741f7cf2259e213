import { z } from 'zod';
import { type Biquad, kWeighting, lufs, measureLoudness } from './loudness.ts';
import { truePeak } from './true-peak.ts';

/** Seconds around a sample over which it is told whether something is spoken. */
const WINDOW = 0.02;
/** What lies so far under the loudest part is no speech, in dB. */
const ACTIVE = 25;
/** Seconds of silence behind a sound, in which the filters ring out as where silence is part of it. */
const RING_OUT = 0.05;
/** Seconds that are looked at for what is spoken: it counts only where there is little of it. */
const LONGEST = 120;
/** Seconds of speech under which a loudness means little: one block of BS.1770 is as long. */
export const LEAST_SPEECH = 0.4;
/** True peak that nothing is played over, nor exported with a loudness target, in dBTP (EBU R 128). */
export const HIGHEST_TRUE_PEAK = -1;

/** How loud something is as it is heard. */
export const HeardLevel = z.object({
  /** Integrated loudness in LUFS (BS.1770-5, one channel); null under 0.4 s or when all is gated. */
  loudness: z.number().nullable(),
  /** Loudness of the part that is spoken of its first two minutes, in LUFS without gates; null for silence. */
  spoken: z.number().nullable(),
  /** Seconds of it that are spoken. */
  speech: z.number(),
  /** dBTP; null for silence. */
  truePeak: z.number().nullable(),
});
export type HeardLevel = z.infer<typeof HeardLevel>;

/** Gains that make sounds equally loud. */
export interface EqualGains {
  /** dB for each sound, never over 0. */
  gains: number[];
  /**
   * What was made equal: the integrated loudness, or, where one of the sounds has too little speech for it, the level of
   * what is spoken; `none` where one is silent.
   */
  by: 'loudness' | 'spoken' | 'none';
  /** dB that all were lowered by so that no true peak goes over {@link HIGHEST_TRUE_PEAK}. */
  lowered: number;
}

function filtered(samples: Float64Array | Float32Array, { b0, b1, b2, a1, a2 }: Biquad): Float64Array {
  const out = new Float64Array(samples.length);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const x = samples[i] ?? 0;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    out[i] = y;
  }
  return out;
}

/**
 * Mean K-weighted power of the samples around which something is spoken, and how many seconds they are. Looked at sample
 * after sample, so that it does not matter where in a file it begins.
 */
function spokenPart(whole: Float32Array, sampleRate: number): { power: number; seconds: number } {
  const samples = whole.subarray(0, LONGEST * sampleRate);
  const { shelf, highPass } = kWeighting(sampleRate);
  const half = Math.max(1, Math.round((WINDOW * sampleRate) / 2));
  const padded = new Float32Array(half + samples.length + Math.round(RING_OUT * sampleRate) + half);
  padded.set(samples, half);
  const powers = filtered(filtered(padded, shelf), highPass).map((value) => value * value);
  const around = new Float64Array(powers.length);
  let sum = 0;
  for (let i = 0; i < powers.length + half; i += 1) {
    sum += (powers[i] ?? 0) - (powers[i - 2 * half] ?? 0);
    if (i >= half) around[i - half] = sum;
  }
  const least = around.reduce((most, power) => Math.max(most, power), 0) * 10 ** (-ACTIVE / 10);
  let power = 0;
  let active = 0;
  for (let i = 0; i < powers.length; i += 1) {
    if (least <= 0 || (around[i] ?? 0) <= least) continue;
    power += powers[i] ?? 0;
    active += 1;
  }
  return { power: active > 0 ? power / active : 0, seconds: active / sampleRate };
}

/**
 * Measures how loud something is as it is heard.
 *
 * @param samples one channel, with speed, pitch and volume applied
 * @param sampleRate Hz
 */
export function heardLevel(samples: Float32Array, sampleRate: number): HeardLevel {
  const { power, seconds } = spokenPart(samples, sampleRate);
  return {
    loudness: measureLoudness(samples, sampleRate),
    spoken: power > 0 ? lufs(power) : null,
    speech: seconds,
    truePeak: truePeak(samples),
  };
}

/** The level with a gain in dB applied. */
export function withGain(level: HeardLevel, gain: number): HeardLevel {
  const add = (value: number | null) => (value === null ? null : value + gain);
  return { ...level, loudness: add(level.loudness), spoken: add(level.spoken), truePeak: add(level.truePeak) };
}

/** What the sounds have in common to be compared by, one value each; null where that is nothing. */
function comparable(levels: readonly HeardLevel[]): { by: EqualGains['by']; values: number[] } {
  const known = (values: (number | null)[]) => values.filter((value) => value !== null);
  const loudness = known(levels.map((level) => level.loudness));
  const enough = levels.every(({ speech }) => speech >= LEAST_SPEECH);
  if (enough && loudness.length === levels.length) return { by: 'loudness', values: loudness };
  const spoken = known(levels.map((level) => level.spoken));
  if (spoken.length === levels.length) return { by: 'spoken', values: spoken };
  return { by: 'none', values: levels.map(() => 0) };
}

/**
 * Gains by which the louder sounds are attenuated to the quietest one, and all of them further where a true peak would
 * still go too high. Nothing is ever made louder.
 */
export function equalGains(levels: readonly HeardLevel[]): EqualGains {
  const { by, values } = comparable(levels);
  const quietest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const gains = values.map((value) => quietest - value);
  const lowered = levels.reduce(
    (most, { truePeak: peak }, index) => Math.max(most, (peak ?? -Infinity) + (gains[index] ?? 0) - HIGHEST_TRUE_PEAK),
    0,
  );
  return { gains: gains.map((gain) => gain - lowered), by, lowered };
}
