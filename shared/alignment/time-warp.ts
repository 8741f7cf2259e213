import { HOP, type SpeechFeatures, VALUES } from './speech-features.ts';

/** Part of the longer sound that the path may lie off the diagonal (H. Sakoe and S. Chiba, 1978). */
const BAND = 0.25;
/** Frames that it may lie off at least: short sounds differ by more than a part of themselves. */
const LEAST_BAND = 50;
/** Steps of the path: to the next frame of both sounds, of the first, of the second. */
const DIAGONAL = 0;
const DOWN = 1;
const ALONG = 2;
/** Distance of what cannot be reached. */
const FAR = Number.POSITIVE_INFINITY;

/** Which time of one sound is which of another. */
export interface TimeWarp {
  /** For each frame of the first sound the time in the second, in s; never falling. */
  times: Float32Array;
  /** Mean distance along the path, in units of normalised features. */
  cost: number;
}

/**
 * Aligns two sounds of one text by dynamic time warping: equal weights for the three steps, Euclidean distance, within a
 * band around the diagonal.
 */
export function timeWarp(a: SpeechFeatures, b: SpeechFeatures): TimeWarp {
  const band = Math.max(LEAST_BAND, Math.ceil(BAND * Math.max(a.frames, b.frames)));
  const slope = (b.frames - 1) / Math.max(1, a.frames - 1);
  const from = (i: number) => Math.max(0, Math.floor(i * slope) - band);
  const width = 2 * band + 2;
  const steps = new Uint8Array(a.frames * width);
  let before = new Float64Array(width).fill(FAR);
  let beforeFrom = 0;
  for (let i = 0; i < a.frames; i += 1) {
    const start = from(i);
    const end = Math.min(b.frames, start + width);
    const now = new Float64Array(width).fill(FAR);
    for (let j = start; j < end; j += 1) {
      const diagonal = i > 0 && j > 0 ? (before[j - 1 - beforeFrom] ?? FAR) : FAR;
      const down = i > 0 ? (before[j - beforeFrom] ?? FAR) : FAR;
      const along = j > start ? (now[j - 1 - start] ?? FAR) : FAR;
      const least = i === 0 && j === 0 ? 0 : Math.min(diagonal, down, along);
      now[j - start] = least + distance(a, i, b, j);
      steps[i * width + j - start] = least === diagonal ? DIAGONAL : least === down ? DOWN : ALONG;
    }
    before = now;
    beforeFrom = start;
  }
  const cost = before[b.frames - 1 - beforeFrom] ?? FAR;
  return pathOf(a.frames, b.frames, cost, (i, j) => steps[i * width + j - from(i)] ?? DIAGONAL);
}

function pathOf(framesA: number, framesB: number, cost: number, step: (i: number, j: number) => number): TimeWarp {
  const sums = new Float64Array(framesA);
  const counts = new Uint32Array(framesA);
  let length = 0;
  let i = framesA - 1;
  let j = framesB - 1;
  for (;;) {
    sums[i] = (sums[i] ?? 0) + j;
    counts[i] = (counts[i] ?? 0) + 1;
    length += 1;
    if (i === 0 && j === 0) break;
    const taken = i === 0 ? ALONG : j === 0 ? DOWN : step(i, j);
    if (taken !== ALONG) i -= 1;
    if (taken !== DOWN) j -= 1;
  }
  return {
    times: Float32Array.from(sums, (sum, frame) => (sum / (counts[frame] ?? 1)) * HOP),
    cost: cost / length,
  };
}

function distance(a: SpeechFeatures, i: number, b: SpeechFeatures, j: number): number {
  const rowA = i * VALUES;
  const rowB = j * VALUES;
  let sum = 0;
  for (let value = 0; value < VALUES; value += 1) {
    const difference = (a.values[rowA + value] ?? 0) - (b.values[rowB + value] ?? 0);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** The time in the second sound of a time in the first, both in s. */
export function warped({ times }: TimeWarp, time: number): number {
  const at = Math.min(Math.max(0, time / HOP), times.length - 1);
  const before = Math.floor(at);
  const left = times[before] ?? 0;
  const right = times[before + 1] ?? left;
  return left + (right - left) * (at - before);
}
