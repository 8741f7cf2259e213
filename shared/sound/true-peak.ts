import { gainToDb } from './pcm.ts';

/** Points looked at in one sample's time: four-fold, as BS.1770-5 Annex 2 has it for rates up to 96 kHz. */
const OVERSAMPLING = 4;
/** Samples to each side that an in-between point is computed from. */
export const TRUE_PEAK_REACH = 16;
const TAPS = TRUE_PEAK_REACH * 2;

/**
 * Interpolators for the points at 1/4, 2/4 and 3/4 between two samples: a sinc under a Hann window, made to pass DC at
 * exactly 1. Annex 2 gives an example of 12 taps a phase; 32 follow a tone up to 0.44 of the sample rate within 0.1 dB.
 */
const PHASES: readonly Float64Array[] = Array.from({ length: OVERSAMPLING - 1 }, (_, i) => {
  const fraction = (i + 1) / OVERSAMPLING;
  const taps = Float64Array.from({ length: TAPS }, (_, tap) => {
    const distance = tap - (TRUE_PEAK_REACH - 1) - fraction;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / TRUE_PEAK_REACH);
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
});

/** An in-between point is at most this many times the highest sample it is computed from. */
const MOST_OVERSHOOT = Math.max(...PHASES.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));

/** Samples that are passed over together where none of them can be the peak. */
const STRIDE = 64;

/** The highest absolute value of the three points between sample `i` and the next; outside of the samples is silence. */
export function peakBetween(samples: Float32Array, i: number): number {
  const first = i - (TRUE_PEAK_REACH - 1);
  const from = Math.max(0, -first);
  const to = Math.min(TAPS, samples.length - first);
  let highest = 0;
  for (const taps of PHASES) {
    let sum = 0;
    for (let tap = from; tap < to; tap += 1) sum += (taps[tap] ?? 0) * (samples[first + tap] ?? 0);
    highest = Math.max(highest, Math.abs(sum));
  }
  return highest;
}

function highestSample(samples: Float32Array, from: number, to: number): number {
  let highest = 0;
  for (let i = Math.max(0, from); i < Math.min(samples.length, to); i += 1) {
    const value = Math.abs(samples[i] ?? 0);
    if (value > highest) highest = value;
  }
  return highest;
}

/**
 * The sound between its samples: at each sample the highest absolute value from it up to the next one.
 *
 * Values under `floor` may be given lower than they are (nothing over `floor` is missed), which is what makes it quick.
 */
export function truePeakEnvelope(samples: Float32Array, floor: number): Float32Array {
  const envelope = new Float32Array(samples.length);
  for (let start = 0; start < samples.length; start += STRIDE) {
    const end = Math.min(samples.length, start + STRIDE);
    const around = highestSample(samples, start - TRUE_PEAK_REACH, end + TRUE_PEAK_REACH);
    const looks = around * MOST_OVERSHOOT > floor;
    for (let i = start; i < end; i += 1) {
      const own = Math.abs(samples[i] ?? 0);
      envelope[i] = looks ? Math.max(own, peakBetween(samples, i)) : own;
    }
  }
  return envelope;
}

/**
 * True peak by ITU-R BS.1770-5 Annex 2, four-fold oversampled.
 *
 * @param samples -1 to +1; one that is no number counts as silence
 * @returns dBTP, or null for silence
 */
export function truePeak(samples: Float32Array): number | null {
  let peak = 0;
  for (let start = 0; start < samples.length; start += STRIDE) {
    const end = Math.min(samples.length, start + STRIDE);
    const around = highestSample(samples, start - TRUE_PEAK_REACH, end + TRUE_PEAK_REACH);
    if (around * MOST_OVERSHOOT <= peak) continue;
    peak = Math.max(peak, highestSample(samples, start, end));
    for (let i = start; i < end; i += 1) peak = Math.max(peak, peakBetween(samples, i) || 0);
  }
  return peak > 0 ? gainToDb(peak) : null;
}
