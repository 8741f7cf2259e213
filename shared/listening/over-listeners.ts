import { seeded } from '../seeded.ts';

/** Most listeners whose every pattern of signs is counted: 2^20 of them. */
const MOST_COUNTED = 20;
/** Patterns that are drawn for more listeners. */
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
 * Source: E. S. Edgington and P. Onghena, “Randomization Tests”, 4th edition.
 *
 * @param values one for each listener: the share of right answers less one half, or of preferences for A less one half
 * @param sides 1 where only values over zero count (ABX), 2 where either side does (preference)
 * @param seed for the drawing of patterns, where there are too many to count
 */
export function testOverListeners(values: readonly number[], sides: 1 | 2, seed: number): OverListeners {
  const weight = (sum: number) => (sides === 2 ? Math.abs(sum) : sum);
  const seen = weight(values.reduce((sum, value) => sum + value, 0)) - SAME;
  const exact = values.length <= MOST_COUNTED;
  const patterns = exact ? 2 ** values.length : DRAWN;
  const random = seeded(seed);
  // What was seen is itself one of the patterns that may be drawn.
  let asFar = exact ? 0 : 1;
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    let sum = 0;
    values.forEach((value, listener) => {
      sum += (exact ? (pattern >> listener) & 1 : random() < 0.5) ? value : -value;
    });
    if (weight(sum) >= seen) asFar += 1;
  }
  return { p: asFar / (exact ? patterns : patterns + 1), exact };
}
