import { PitchDetector } from 'pitchy';

/** Voices are looked for between these, in Hz. */
const LOWEST = 50;
const HIGHEST = 600;
/** Length of what one value is computed from, in seconds: two periods of the lowest voice and a half. */
const WINDOW = 2.5 / LOWEST;
/** Time between values in seconds, and the most of them: longer sounds get a longer step. */
const STEP = 0.01;
const MOST_STEPS = 20_000;
/** How periodic a sound must be to be a voice (clarity of McLeod's method, 0-1). */
const CLEAR = 0.85;
/** A voice lies less than this under the loudest parts, in dB, and over this in dBFS. */
const UNDER_LOUD = 35;
const QUIETEST = -65;
/** A step of more than this from the surrounding is tried an octave away, in octaves. */
const JUMP = 0.6;
/** Half of the surrounding an octave jump is judged by, in seconds. */
const SURROUNDING = 0.25;
/** A voice lasts at least this many steps. */
const SHORTEST = 3;
/** Rate below which the sound is not thinned out before it is analysed, in Hz. */
const ENOUGH_RATE = 16_000;

/** Fundamental frequency over time. */
export interface PitchTrack {
  /** Hz at the middle of each step, 0 where there is no voice. */
  pitch: number[];
  /** Seconds between two values. The first stands at time 0. */
  step: number;
}

/** Thins the sound out by a whole factor, under a triangle that has its zeros where the folds are. */
function thinned(samples: Float32Array, factor: number): Float32Array {
  if (factor === 1) return samples;
  return Float32Array.from({ length: Math.floor(samples.length / factor) }, (_, i) => {
    let sum = 0;
    for (let k = 1 - factor; k < factor; k += 1) sum += (samples[i * factor + k] ?? 0) * (factor - Math.abs(k));
    return sum / (factor * factor);
  });
}

function median(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Brings values an octave off back to the surrounding, drops what fits nowhere, and voices too short to be one. */
function cleanUp(raw: Float64Array, reach: number): number[] {
  const logs = Array.from(raw, (hz) => (hz > 0 ? Math.log2(hz) : Number.NaN));
  const folded = logs.map((value, i) => {
    if (Number.isNaN(value)) return value;
    const near = logs.slice(Math.max(0, i - reach), i + reach + 1).filter((other) => !Number.isNaN(other));
    const expected = median(near.sort((a, b) => a - b));
    const choices = [value, value - 1, value + 1].filter(
      (log) => log >= Math.log2(LOWEST) && log <= Math.log2(HIGHEST),
    );
    if (Math.abs(value - expected) <= JUMP) return value;
    return choices.find((log) => Math.abs(log - expected) < JUMP / 2) ?? Number.NaN;
  });
  const pitch = folded.map((log, i) => {
    if (Number.isNaN(log)) return 0;
    const three = [folded[i - 1] ?? Number.NaN, log, folded[i + 1] ?? Number.NaN].filter(
      (other) => !Number.isNaN(other),
    );
    return 2 ** (three.length === 3 ? median(three.sort((a, b) => a - b)) : log);
  });
  for (let start = 0; start < pitch.length; start += 1) {
    let end = start;
    while ((pitch[end] ?? 0) > 0) end += 1;
    if (end - start < SHORTEST) pitch.fill(0, start, end);
    start = end;
  }
  return pitch;
}

/**
 * Fundamental frequency of a voice by McLeod's pitch method (the pitchy library), with octave jumps mended.
 *
 * @param samples -1 to +1
 * @param sampleRate Hz
 */
export function trackPitch(samples: Float32Array, sampleRate: number): PitchTrack {
  const factor = Math.max(1, Math.floor(sampleRate / ENOUGH_RATE));
  const sound = thinned(samples, factor);
  const rate = sampleRate / factor;
  const duration = samples.length / sampleRate;
  const step = Math.max(STEP, duration / MOST_STEPS);
  const steps = Math.ceil(duration / step);
  const length = Math.round(WINDOW * rate);
  const detector = PitchDetector.forFloat32Array(length);
  const window = new Float32Array(length);

  const levels = new Float64Array(steps);
  const clarities = new Float64Array(steps);
  const found = new Float64Array(steps);
  for (let i = 0; i < steps; i += 1) {
    const from = Math.round(i * step * rate - length / 2);
    let sum = 0;
    for (let k = 0; k < length; k += 1) {
      const sample = sound[from + k] ?? 0;
      window[k] = Number.isFinite(sample) ? sample : 0;
      sum += window[k] ?? 0;
    }
    // What does not move (DC) would pass for a perfect period of any length.
    let energy = 0;
    for (let k = 0; k < length; k += 1) {
      window[k] = (window[k] ?? 0) - sum / length;
      energy += (window[k] ?? 0) ** 2;
    }
    levels[i] = 10 * Math.log10(energy / length + 1e-12);
    if ((levels[i] ?? QUIETEST) <= QUIETEST) continue;
    const [hz, clarity] = detector.findPitch(window, rate);
    found[i] = hz >= LOWEST && hz <= HIGHEST ? hz : 0;
    clarities[i] = clarity;
  }

  const loud = levels.slice().sort()[Math.floor(steps * 0.95)] ?? 0;
  const floor = Math.max(QUIETEST, loud - UNDER_LOUD);
  const voiced = found.map((hz, i) => ((clarities[i] ?? 0) >= CLEAR && (levels[i] ?? QUIETEST) > floor ? hz : 0));
  return { pitch: cleanUp(voiced, Math.round(SURROUNDING / step)), step };
}

/**
 * Middle and range of a voice.
 *
 * @param pitch Hz, 0 where there is no voice
 * @returns median in Hz, and 5th to 95th percentile in semitones; null where no voice was found
 */
export function pitchStatistics(pitch: readonly number[]): { median: number; range: number } | null {
  const voiced = Float64Array.from(pitch.filter((hz) => hz > 0)).sort();
  if (voiced.length === 0) return null;
  const at = (share: number) => voiced[Math.round((voiced.length - 1) * share)] ?? 0;
  return { median: median(voiced), range: 12 * Math.log2(at(0.95) / at(0.05)) };
}
