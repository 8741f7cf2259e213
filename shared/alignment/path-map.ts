import { HOP } from './log-bands.ts';
import type { TimeMap } from './time-map.ts';
import type { Path } from './time-warp.ts';

/** What the map may be off beside the path where knots are left out, in s. */
const TOLERANCE = 0.0004;

/** Frames without speech of the second sound that belong to one frame of the first, from which on they are a pause. */
const PAUSE = 3;

/**
 * The path as a map of times in s: each frame of the first sound to the mean of those it belongs to. Where only the second
 * one makes a pause, its end is taken: what comes next in the first sound comes after it.
 *
 * @param active whether each frame of the second sound is speech
 */
export function mapOfPath({ a, b }: Path, active: Uint8Array): TimeMap {
  const map: TimeMap = { from: [], to: [] };
  for (let at = 0; at < a.length; ) {
    const frame = a[at] as number;
    let sum = 0;
    let still = 0;
    let end = at;
    for (; a[end] === frame; end += 1) {
      sum += b[end] as number;
      if (active[b[end] as number] === 0) still += 1;
    }
    map.from.push(frame * HOP);
    map.to.push((still > PAUSE ? (b[end - 1] as number) : sum / (end - at)) * HOP);
    at = end;
  }
  return thinned(map);
}

/**
 * The map without the knots that lie on a line between others.
 *
 * @param tolerance what it may be off at a knot that is left out, in s
 */
export function thinned({ from, to }: TimeMap, tolerance = TOLERANCE): TimeMap {
  const thin: TimeMap = { from: [], to: [] };
  const keep = (knot: number) => {
    thin.from.push(from[knot] as number);
    thin.to.push(to[knot] as number);
  };
  if (from.length === 0) return thin;
  keep(0);
  let anchor = 0;
  // Slopes of the lines from the last knot that was kept that pass all knots left out since.
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (let knot = 1; knot < from.length; knot += 1) {
    const along = () => (from[knot] as number) - (from[anchor] as number);
    const rise = () => (to[knot] as number) - (to[anchor] as number);
    if (knot > anchor + 1 && (rise() < least * along() || rise() > most * along())) {
      anchor = knot - 1;
      keep(anchor);
      least = Number.NEGATIVE_INFINITY;
      most = Number.POSITIVE_INFINITY;
    }
    least = Math.max(least, (rise() - tolerance) / along());
    most = Math.min(most, (rise() + tolerance) / along());
  }
  if (anchor < from.length - 1) keep(from.length - 1);
  return thin;
}
