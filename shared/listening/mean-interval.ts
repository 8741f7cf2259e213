import { seeded } from '../seeded.ts';
import { LEVEL, leastListeners } from './choice-results.ts';

/** How often the units are drawn anew for an interval. */
const RESAMPLES = 2000;
/** Part of the intervals that hold the true mean. */
const COVERED = 1 - LEVEL;
/** A scatter that is less is none: values were only added in another order. */
const NONE = 1e-9;
/**
 * Fewest units that an interval is made of: with fewer, no difference could be significant, and what would be drawn are the
 * same few values again and again.
 */
export const LEAST_UNITS = leastListeners(2);

/** Between the two the true mean lies in 95 % of tests; null where there is too little to draw from. */
export type Interval = { low: number; high: number } | null;

/** Mean of some values; NaN of none. */
export const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Interval of a mean by the studentised bootstrap (B. Efron and R. Tibshirani, “An Introduction to the Bootstrap”, 1993,
 * 12.5): units are drawn anew, and how far each mean lies off is told in its own standard errors. For 6 to 20 units it holds
 * the true mean in 94 to 97 % of tests, where the plain percentile interval does in 84 to 93 %.
 *
 * @param units independent of each other, one value each
 * @param reach the least and the most that a mean can be: no interval goes over it
 * @param seed of the drawing: the same answers give the same interval
 */
export function meanInterval(units: Float64Array, reach: readonly [number, number], seed: number): Interval {
  const count = units.length;
  if (count < LEAST_UNITS) return null;
  const mean = meanOf(units);
  // Around the mean, so that squares do not lose their digits.
  const off = units.map((value) => value - mean);
  const scatter = Math.sqrt(off.reduce((sum, value) => sum + value * value, 0) / (count - 1));
  const random = seeded(seed);
  const errors = new Float64Array(RESAMPLES);
  for (let drawn = 0; drawn < RESAMPLES; drawn += 1) {
    let [sum, squares] = [0, 0];
    for (let unit = 0; unit < count; unit += 1) {
      const value = off[Math.floor(random() * count)] as number;
      sum += value;
      squares += value * value;
    }
    const far = sum / count;
    const own = Math.sqrt(Math.max(0, squares - count * far * far) / (count - 1));
    errors[drawn] = far / Math.max(own, NONE);
  }
  errors.sort();
  const at = (part: number) => mean - scatter * (errors[Math.round(part * (RESAMPLES - 1))] ?? 0);
  const [least, most] = reach;
  return { low: Math.max(least, at((1 + COVERED) / 2)), high: Math.min(most, at((1 - COVERED) / 2)) };
}
