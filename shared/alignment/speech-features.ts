import FFT from 'fft.js';
import { melBands } from './mel.ts';

/** Seconds between two frames. */
export const HOP = 0.01;
/** Seconds that a frame is computed from. */
const WINDOW = 0.025;
const BANDS = 26;
/** Range of the bands in Hz: what every rate of 16 kHz and more carries. */
const LOWEST = 60;
const HIGHEST = 7600;
/** How much the level of a frame counts beside its bands. */
const LEVEL_WEIGHT = 2;
/** Frames to each side over which a delta is taken. */
const DELTA = 2;
/** A frame this far under the loudest one is no speech, in dB. */
const ACTIVE = 40;
/** Power beside which nothing is heard: keeps silence from counting as much as speech does. */
const FLOOR = 1e-8;
/** Values of a frame as it stands: bands and level. */
const STILL = BANDS + 1;
/** Values of a frame: bands and level, and how each changes. */
export const VALUES = 2 * STILL;

/** What is compared of a sound: one row of {@link VALUES} numbers each {@link HOP} seconds. */
export interface SpeechFeatures {
  frames: number;
  /** Row after row. */
  values: Float32Array;
  /** Whether a frame is speech: 1 or 0. */
  active: Uint8Array;
}

/**
 * Features by which two renders of one text are aligned: logarithm of 26 mel bands and of the level (which counts twice),
 * with their deltas; each normalised to mean 0 and variance 1 over the frames that are speech, so that level, room and
 * voice count less than what is said.
 *
 * @param samples one channel, -1 to 1
 * @param sampleRate Hz, 16,000 or more
 */
export function speechFeatures(samples: Float32Array, sampleRate: number): SpeechFeatures {
  const frames = Math.max(1, Math.ceil(samples.length / (HOP * sampleRate)));
  const still = logBands(samples, sampleRate, frames);
  const active = activeFrames(still, frames);
  const values = new Float32Array(frames * VALUES);
  for (let frame = 0; frame < frames; frame += 1) {
    for (let value = 0; value < STILL; value += 1) {
      values[frame * VALUES + value] = still[frame * STILL + value] ?? 0;
      values[frame * VALUES + STILL + value] = delta(still, frame, value, frames);
    }
  }
  normalise(values, active, frames);
  for (let frame = 0; frame < frames; frame += 1) {
    const at = frame * VALUES + BANDS;
    values[at] = (values[at] ?? 0) * LEVEL_WEIGHT;
  }
  return { frames, values, active };
}

/** Natural logarithm of the power in each band, and of all of it, frame after frame. */
function logBands(samples: Float32Array, sampleRate: number, frames: number): Float32Array {
  const length = Math.round(WINDOW * sampleRate);
  const size = 2 ** Math.ceil(Math.log2(length));
  const fft = new FFT(size);
  const spectrum = fft.createComplexArray();
  const input = new Float64Array(size);
  const hann = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length));
  const bands = melBands(BANDS, LOWEST, Math.min(HIGHEST, 0.48 * sampleRate), size, sampleRate);
  const power = new Float64Array(size / 2 + 1);
  const out = new Float32Array(frames * STILL);
  for (let frame = 0; frame < frames; frame += 1) {
    // The window stands around its time.
    const start = Math.round(frame * HOP * sampleRate - length / 2);
    let energy = 0;
    for (let i = 0; i < length; i += 1) {
      const sample = samples[start + i] ?? 0;
      const weighted = sample * (hann[i] ?? 0);
      input[i] = weighted;
      energy += weighted * weighted;
    }
    fft.realTransform(spectrum, input);
    for (let line = 0; line < power.length; line += 1) {
      power[line] = ((spectrum[2 * line] ?? 0) ** 2 + (spectrum[2 * line + 1] ?? 0) ** 2) / (size * length);
    }
    bands.forEach(({ from, weights }, band) => {
      let sum = 0;
      for (let at = 0; at < weights.length; at += 1) sum += (weights[at] ?? 0) * (power[from + at] ?? 0);
      out[frame * STILL + band] = Math.log(sum + FLOOR);
    });
    out[frame * STILL + BANDS] = Math.log(energy / length + FLOOR);
  }
  return out;
}

function activeFrames(still: Float32Array, frames: number): Uint8Array {
  const level = (frame: number) => still[frame * STILL + BANDS] ?? 0;
  let loudest = Number.NEGATIVE_INFINITY;
  for (let frame = 0; frame < frames; frame += 1) loudest = Math.max(loudest, level(frame));
  const least = loudest - (ACTIVE / 10) * Math.LN10;
  return Uint8Array.from({ length: frames }, (_, frame) => Number(level(frame) > least));
}

/** Slope of the line through the values around a frame (S. Furui, 1986). */
function delta(still: Float32Array, frame: number, value: number, frames: number): number {
  const at = (index: number) => still[Math.min(frames - 1, Math.max(0, index)) * STILL + value] ?? 0;
  let sum = 0;
  let weights = 0;
  for (let step = 1; step <= DELTA; step += 1) {
    sum += step * (at(frame + step) - at(frame - step));
    weights += 2 * step * step;
  }
  return sum / weights;
}

/** In place: mean 0 and variance 1 over the frames that are speech. */
function normalise(values: Float32Array, active: Uint8Array, frames: number): void {
  const count = active.reduce((sum, one) => sum + one, 0);
  for (let value = 0; value < VALUES; value += 1) {
    let sum = 0;
    let squares = 0;
    for (let frame = 0; frame < frames; frame += 1) {
      if (active[frame] !== 1) continue;
      const x = values[frame * VALUES + value] ?? 0;
      sum += x;
      squares += x * x;
    }
    const mean = sum / count;
    const spread = Math.sqrt(Math.max(squares / count - mean * mean, 1e-12));
    for (let frame = 0; frame < frames; frame += 1) {
      const at = frame * VALUES + value;
      values[at] = ((values[at] ?? 0) - mean) / spread;
    }
  }
}
