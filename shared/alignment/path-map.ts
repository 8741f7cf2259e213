import { HOP } from './log-bands.ts';
import type { TimeMap } from './time-map.ts';
import type { Path } from './time-warp.ts';

/** What the map may be off beside the path where knots are left out, in s. */
const TOLERANCE = 0.0004;

/** The path as a map of times in s: each frame of the first sound to the mean of those it belongs to. */
export function mapOfPath(path: Path): TimeMap {
  const frames = (path.a.at(-1) ?? 0) + 1;
  const sums = new Float64Array(frames);
  const counts = new Uint32Array(frames);
  for (let at = 0; at < path.a.length; at += 1) {
    const i = path.a[at] as number;
    sums[i] = (sums[i] as number) + (path.b[at] as number);
    counts[i] = (counts[i] as number) + 1;
  }
  return thinned({
    from: Array.from(sums, (_, frame) => frame * HOP),
    to: Array.from(sums, (sum, frame) => (sum / (counts[frame] as number)) * HOP),
  });
}

/** The map without the knots that lie on a line between others: nowhere off by more than {@link TOLERANCE}. */
export function thinned({ from, to }: TimeMap): TimeMap {
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
    least = Math.max(least, (rise() - TOLERANCE) / along());
    most = Math.min(most, (rise() + TOLERANCE) / along());
  }
  if (anchor < from.length - 1) keep(from.length - 1);
  return thin;
}
