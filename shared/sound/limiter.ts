import { dbToGain, gainToDb } from './pcm.ts';
import { truePeak, truePeakEnvelope } from './true-peak.ts';

/** The gain begins to fall this long before a peak, in seconds. */
const LOOK_AHEAD = 0.002;
/** Time in which the gain comes back to 1/e of what it was taken down by, in seconds. */
const RELEASE = 0.08;
/** How often the ceiling is lowered by what the moving gain itself still lets through. */
const ATTEMPTS = 4;

/** For each place the lowest value from it up to `span` places on (a queue of candidates, each looked at once). */
function lowestAhead(values: Float32Array, span: number): Float32Array {
  const lowest = new Float32Array(values.length);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  for (let i = values.length - 1; i >= 0; i -= 1) {
    const value = values[i] ?? 1;
    while (tail > head && (values[queue[tail - 1] ?? 0] ?? 1) >= value) tail -= 1;
    queue[tail] = i;
    tail += 1;
    if ((queue[head] ?? 0) > i + span) head += 1;
    lowest[i] = values[queue[head] ?? i] ?? 1;
  }
  return lowest;
}

/** Gain over time that keeps the envelope under the ceiling: falls in a straight line before a peak, recovers slowly. */
function gainCurve(envelope: Float32Array, ceiling: number, sampleRate: number): Float32Array {
  const span = Math.max(1, Math.round(LOOK_AHEAD * sampleRate));
  const wanted = envelope.map((peak) => (peak > ceiling ? ceiling / peak : 1));
  const curve = lowestAhead(wanted, span);
  const recover = 1 - Math.exp(-1 / (RELEASE * sampleRate));
  // Before the sound the gain stood where its first samples want it: there is no time to fall.
  const start = curve[0] ?? 1;
  let gain = start;
  for (let i = 0; i < curve.length; i += 1) {
    gain = Math.min(curve[i] ?? 1, gain + (1 - gain) * recover);
    curve[i] = gain;
  }
  // The mean over the look-ahead: every value in it is already low enough for the peak it leads to.
  const smooth = new Float32Array(curve.length);
  let sum = span * start;
  for (let i = 0; i < curve.length; i += 1) {
    sum += (curve[i] ?? 1) - (i >= span ? (curve[i - span] ?? 1) : start);
    smooth[i] = sum / span;
  }
  return smooth;
}

/**
 * A look-ahead true-peak limiter: leaves everything under the ceiling as it is, and takes the gain down around what is
 * over it, without clipping.
 *
 * @param samples -1 to +1 and beyond; not changed
 * @param sampleRate Hz
 * @param ceiling dBTP
 * @returns the limited sound, and the most that was taken away, in dB
 */
export function limitTruePeak(
  samples: Float32Array,
  sampleRate: number,
  ceiling: number,
): { samples: Float32Array; reduction: number } {
  let aim = ceiling;
  let limited = samples;
  let reduction = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const over = (truePeak(limited) ?? Number.NEGATIVE_INFINITY) - ceiling;
    if (over <= 0) return { samples: limited, reduction };
    if (attempt > 0) aim -= over;
    const curve = gainCurve(truePeakEnvelope(samples, dbToGain(aim)), dbToGain(aim), sampleRate);
    limited = samples.map((sample, i) => sample * (curve[i] ?? 1));
    reduction = -gainToDb(curve.reduce((least, gain) => Math.min(least, gain), 1));
  }
  const over = (truePeak(limited) ?? Number.NEGATIVE_INFINITY) - ceiling;
  if (over <= 0) return { samples: limited, reduction };
  const rest = dbToGain(-over - 0.001);
  return { samples: limited.map((sample) => sample * rest), reduction: reduction + over };
}
