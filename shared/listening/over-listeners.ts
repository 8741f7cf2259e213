import { seeded } from '../seeded.ts';

/** Most units whose every pattern of signs is counted: 2^32 patterns, as two lists of 2^16 sums each. */
const MOST_COUNTED = 32;
/** Patterns that are drawn for more. */
const DRAWN = 100_000;
/** Sums that differ by less are the same: they were only added in another order. */
const SAME = 1e-9;

/** How a test over listeners came out. */
export interface OverListeners {
  /** Chance of a result at least as far from guessing, were nobody to hear anything. */
  p: number;
  /** False where patterns were drawn at random, not all counted. */
  exact: boolean;
}

/**
 * The sign-flip (randomisation) test over listeners, for what each of them came to beside guessing: answers of one listener
 * hang together, so that only listeners are counted as independent of each other. Were nobody to hear anything, each
 * listener's value could as well have the other sign.
 *
 * Source: E. S. Edgington and P. Onghena, “Randomization Tests”, 4th edition. All patterns are counted by halves (E. Horowitz
 * and S. Sahni, 1974): so many sums of one half of the listeners reach far enough with each sum of the other.
 *
 * @param values one for each listener: the share of right answers less one half, of preferences for A less one half, or the
 * mean difference of two ratings
 * @param sides 1 where only values over zero count (ABX), 2 where either side does (preference, ratings)
 * @param seed for the drawing of patterns, where there are too many to count
 */
export function testOverListeners(values: readonly number[], sides: 1 | 2, seed: number): OverListeners {
  const sum = values.reduce((all, value) => all + value, 0);
  const seen = (sides === 2 ? Math.abs(sum) : sum) - SAME;
  const exact = values.length <= MOST_COUNTED;
  // Every pattern is at least as far to either side as nothing at all.
  if (sides === 2 && seen <= 0) return { p: 1, exact };
  const share = exact ? countedShare(values, seen) : drawnShare(values, seen, seed);
  // With the signs of all turned, each pattern is as far to the other side.
  return { p: Math.min(1, share * sides), exact };
}

/** Part of all patterns of signs whose sum reaches so far. */
function countedShare(values: readonly number[], seen: number): number {
  const half = values.length >> 1;
  const [one, other] = [signedSums(values.slice(0, half)), signedSums(values.slice(half))];
  let reaching = 0;
  let from = other.length;
  for (const sum of one) {
    while (from > 0 && sum + (other[from - 1] ?? 0) >= seen) from -= 1;
    reaching += other.length - from;
  }
  return reaching / (one.length * other.length);
}

/** The sums of all patterns of signs, in their order: with each value, two lists that are sorted already are merged. */
function signedSums(values: readonly number[]): Float64Array {
  let sums = new Float64Array(1);
  for (const value of values) {
    const step = Math.abs(value);
    const next = new Float64Array(2 * sums.length);
    let [less, more] = [0, 0];
    for (let at = 0; at < next.length; at += 1) {
      const low = (sums[less] ?? Number.POSITIVE_INFINITY) - step;
      const high = (sums[more] ?? Number.POSITIVE_INFINITY) + step;
      next[at] = Math.min(low, high);
      if (low <= high) less += 1;
      else more += 1;
    }
    sums = next;
  }
  return sums;
}

/** The same of patterns drawn at random. What was seen is itself one of the patterns that may be drawn. */
function drawnShare(values: readonly number[], seen: number, seed: number): number {
  const groups = groupSums(values);
  const random = seeded(seed);
  let reaching = 1;
  for (let pattern = 0; pattern < DRAWN; pattern += 1) {
    let [sum, bits] = [0, 0];
    for (let group = 0; group < groups.length; group += 256) {
      // One number has the signs of four groups.
      bits = (group & 1023) === 0 ? (random() * 2 ** 32) | 0 : bits >>> 8;
      sum += groups[group + (bits & 255)] as number;
    }
    if (sum >= seen) reaching += 1;
  }
  return reaching / (DRAWN + 1);
}

/** For each eight values, their 256 sums by the bits of their signs. */
function groupSums(values: readonly number[]): Float64Array {
  return Float64Array.from({ length: 256 * Math.ceil(values.length / 8) }, (_, at) =>
    values
      .slice(8 * (at >> 8), 8 * (at >> 8) + 8)
      .reduce((sum, value, bit) => sum + ((at >> bit) & 1 ? value : -value), 0),
  );
}
