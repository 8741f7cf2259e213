import { z } from 'zod';

/**
 * Which time of one sound is which of another: straight between knots, and never falling. Both lists are equally long, in
 * s, and `from` rises.
 */
export const TimeMap = z.object({ from: z.array(z.number()), to: z.array(z.number()) });
export type TimeMap = z.infer<typeof TimeMap>;

/** The map of a sound of so many seconds to itself. */
export function identityMap(duration: number): TimeMap {
  return { from: [0, duration], to: [0, duration] };
}

/** Index of the last knot at or before a time; -1 where all lie after it. */
function knotBefore(knots: readonly number[], time: number): number {
  let low = 0;
  let high = knots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((knots[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The time in the second sound of a time in the first, both in s. Outside the knots it is that of the nearest one. */
export function mapTime({ from, to }: TimeMap, time: number): number {
  const before = knotBefore(from, time);
  const left = to[Math.max(0, before)] ?? time;
  const right = to[before + 1];
  if (before < 0 || right === undefined) return left;
  const start = from[before] ?? 0;
  const length = (from[before + 1] ?? start) - start;
  return length > 0 ? left + ((right - left) * (time - start)) / length : left;
}

/** The map the other way round. Where the sound stood still, it goes to the last of the times that are the same. */
export function invertedMap({ from, to }: TimeMap): TimeMap {
  const inverted: TimeMap = { from: [], to: [] };
  for (const [index, time] of to.entries()) {
    const last = inverted.from.length - 1;
    if (last >= 0 && time <= (inverted.from[last] ?? 0)) inverted.to[last] = from[index] ?? 0;
    else {
      inverted.from.push(time);
      inverted.to.push(from[index] ?? 0);
    }
  }
  return inverted;
}

/** One map after the other: from the first sound of `first` to the second of `second`. */
export function composedMap(first: TimeMap, second: TimeMap): TimeMap {
  return { from: [...first.from], to: first.to.map((time) => mapTime(second, time)) };
}
