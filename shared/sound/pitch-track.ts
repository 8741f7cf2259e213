import { PitchDetector } from 'pitchy';

/** Voices are looked for between these, in Hz. */
const LOWEST = 50;
const HIGHEST = 600;
/** Length of what one value is computed from, in seconds: two periods of the lowest voice. */
const WINDOW = 2 / LOWEST;
/** Time between values in seconds, and the most of them: longer sounds get a longer step. */
const STEP = 0.01;
const MOST_STEPS = 20_000;
/** How periodic a sound must be to be a voice (clarity of McLeod's method, 0-1). */
const CLEAR = 0.8;
/** A voice lies less than this under the loudest parts, in dB, and over this in dBFS. */
const UNDER_LOUD = 35;
const QUIETEST = -65;
/** Overtones over this are taken away in Hz: they move too much in a glide to be periodic within one window. */
const OVERTONES = 900;
/** A value further than this from its surrounding is taken for one of a wrong multiple, in octaves. */
const JUMP = 0.5;
/** What the method takes for a period: two, three or four of them, or half of one. */
const WRONG_MULTIPLES = [2, 3, 4, 0.5];
/** Half of the surrounding a jump is judged by, in seconds. */
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
  return Float32Array.from({ length: Math.floor(samples.length / factor) }, (_, i) => {
    let sum = 0;
    for (let k = 1 - factor; k < factor; k += 1) sum += (samples[i * factor + k] ?? 0) * (factor - Math.abs(k));
    return Number.isFinite(sum) ? sum / (factor * factor) : 0;
  });
}

/** Second-order Butterworth low-pass, in place (R. Bristow-Johnson, Audio EQ Cookbook). */
function lowPass(samples: Float32Array, rate: number, frequency: number): Float32Array {
  const k = Math.tan((Math.PI * frequency) / rate);
  const norm = 1 / (1 + Math.SQRT2 * k + k * k);
  const b0 = k * k * norm;
  const a1 = 2 * (k * k - 1) * norm;
  const a2 = (1 - Math.SQRT2 * k + k * k) * norm;
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const x = samples[i] ?? 0;
    const y = b0 * x + s1;
    s1 = 2 * b0 * x - a1 * y + s2;
    s2 = b0 * x - a2 * y;
    samples[i] = y;
  }
  return samples;
}

function median(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Mends values of a wrong multiple by their surrounding, drops what fits nowhere and voices too short to be one. */
function cleanUp(raw: Float64Array, reach: number): number[] {
  const isVoice = (hz: number) => hz >= LOWEST && hz <= HIGHEST;
  const folded = Array.from(raw, (hz, i) => {
    if (hz === 0) return Number.NaN;
    const near = raw.slice(Math.max(0, i - reach), i + reach + 1).filter(isVoice);
    const expected = median(near.sort());
    const mended = [hz, ...WRONG_MULTIPLES.map((factor) => hz * factor)].filter(isVoice);
    return (
      mended.find((value) => Math.abs(Math.log2(value / expected)) < (value === hz ? JUMP : JUMP / 2)) ?? Number.NaN
    );
  });
  const pitch = folded.map((hz, i) => {
    if (Number.isNaN(hz)) return 0;
    const three = Float64Array.of(folded[i - 1] ?? hz, hz, folded[i + 1] ?? hz);
    return three.some(Number.isNaN) ? hz : median(three.sort());
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
  const rate = sampleRate / factor;
  const sound = lowPass(thinned(samples, factor), rate, OVERTONES);
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
      window[k] = sound[from + k] ?? 0;
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
    found[i] = hz;
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
