import { BANDS, byteOf, logPower, ROW } from './log-bands.ts';
import type { SpeechFeatures } from './speech-features.ts';

/** How much the level of a frame counts beside its bands. */
const LEVEL_WEIGHT = 2;
/** Frames to each side over which a delta is taken. */
const DELTA = 2;
/** A frame this far under the loudest one is no speech, in dB. */
const ACTIVE = 40;

/** A sound as rows of numbers whose Euclidean distance says how alike two frames are. */
export interface Comparable {
  frames: number;
  /** Numbers of a row. */
  width: number;
  /** Row after row. */
  values: Float32Array;
  /** Whether each frame is speech: 1 or 0. */
  active: Uint8Array;
}

/** Whether each frame is speech: 1 or 0. */
export function activeFrames({ frames, rows }: SpeechFeatures): Uint8Array {
  let loudest = 0;
  for (let at = BANDS; at < rows.length; at += ROW) loudest = Math.max(loudest, rows[at] as number);
  // Digital silence is as loud as itself everywhere.
  if (loudest <= byteOf(0)) return new Uint8Array(frames);
  const least = logPower(loudest) - (ACTIVE / 10) * Math.LN10;
  return Uint8Array.from({ length: frames }, (_, frame) => Number(logPower(rows[frame * ROW + BANDS] ?? 0) > least));
}

/**
 * Bands and level (which counts twice) with their deltas, each normalised to mean 0 and variance 1 over the frames that
 * are speech, so that level, room and voice count less than what is said.
 */
export function comparable(features: SpeechFeatures): Comparable {
  const { frames, rows } = features;
  const width = 2 * ROW;
  const values = new Float32Array(frames * width);
  const active = activeFrames(features);
  for (let value = 0; value < ROW; value += 1) {
    const still = Float32Array.from({ length: frames }, (_, frame) => logPower(rows[frame * ROW + value] ?? 0));
    const weight = value === BANDS ? LEVEL_WEIGHT : 1;
    spread(still, active, weight, values, value, width);
    spread(deltas(still), active, 1, values, ROW + value, width);
  }
  return { frames, width, values, active };
}

/** Slopes of the lines through the values around each frame (S. Furui, 1986). */
function deltas(still: Float32Array): Float32Array {
  const last = still.length - 1;
  const slopes = new Float32Array(still.length);
  for (let frame = 0; frame <= last; frame += 1) {
    let sum = 0;
    let weights = 0;
    for (let step = 1; step <= DELTA; step += 1) {
      sum += step * ((still[Math.min(last, frame + step)] as number) - (still[Math.max(0, frame - step)] as number));
      weights += 2 * step * step;
    }
    slopes[frame] = sum / weights;
  }
  return slopes;
}

/** Writes one value of all frames into their rows, with mean 0 and variance 1 over the frames that are speech. */
function spread(
  column: Float32Array,
  active: Uint8Array,
  weight: number,
  values: Float32Array,
  value: number,
  width: number,
): void {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let frame = 0; frame < column.length; frame += 1) {
    if (active[frame] !== 1) continue;
    const x = column[frame] as number;
    count += 1;
    sum += x;
    squares += x * x;
  }
  const mean = sum / Math.max(1, count);
  // Where nobody speaks there is nothing to compare.
  const scale = count === 0 ? 0 : weight / Math.sqrt(Math.max(squares / count - mean * mean, 1e-12));
  for (let frame = 0; frame < column.length; frame += 1) {
    values[frame * width + value] = ((column[frame] as number) - mean) * scale;
  }
}

/** Means of so many frames each: a coarser view of the same sound. */
export function decimated({ frames, width, values, active }: Comparable, factor: number): Comparable {
  const fewer = Math.ceil(frames / factor);
  const means = new Float32Array(fewer * width);
  const anyActive = new Uint8Array(fewer);
  for (let frame = 0; frame < fewer; frame += 1) {
    const end = Math.min(frames, (frame + 1) * factor);
    const scale = 1 / (end - frame * factor);
    for (let from = frame * factor; from < end; from += 1) {
      if (active[from] === 1) anyActive[frame] = 1;
      for (let value = 0; value < width; value += 1) {
        const at = frame * width + value;
        means[at] = (means[at] as number) + (values[from * width + value] as number) * scale;
      }
    }
  }
  return { frames: fewer, width, values: means, active: anyActive };
}
