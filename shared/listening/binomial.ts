/** Most trials whose binomial coefficients are kept: more than anybody listens to. */
const MOST_TRIALS = 10_000;

/** Row `n` of Pascal’s triangle, exactly. */
function coefficients(n: number): bigint[] {
  const row = [1n];
  for (let k = 1; k <= n; k += 1) row.push(((row[k - 1] ?? 0n) * BigInt(n - k + 1)) / BigInt(k));
  return row;
}

function checked(trials: number, hits: number): void {
  if (!Number.isInteger(trials) || trials < 0 || trials > MOST_TRIALS) throw new RangeError(`${trials} trials`);
  if (!Number.isInteger(hits) || hits < 0 || hits > trials) throw new RangeError(`${hits} of ${trials}`);
}

/** Bits that a double carries. */
const DOUBLE_BITS = 53;

/** A whole number divided by a power of two, rounded once. */
function overPowerOfTwo(numerator: bigint, power: number): number {
  const extra = Math.max(0, numerator.toString(2).length - DOUBLE_BITS - 2);
  return Number(numerator >> BigInt(extra)) * 2 ** (extra - power);
}

/**
 * The chance of at least so many hits in trials that are each a hit half of the time: the exact one-sided binomial test of
 * somebody who guesses. Summed in whole numbers, so that no rounding adds up.
 *
 * @throws RangeError where the counts cannot be
 */
export function chanceOfAtLeast(hits: number, trials: number): number {
  checked(trials, hits);
  const row = coefficients(trials);
  const sum = row.slice(hits).reduce((total, coefficient) => total + coefficient, 0n);
  return overPowerOfTwo(sum, trials);
}

/**
 * The chance of a result at least as uneven as this one, in either direction, where both are as likely: the exact
 * two-sided binomial test. As both sides are alike it is twice the smaller tail, and never more than 1.
 *
 * @throws RangeError as {@link chanceOfAtLeast}
 */
export function chanceOfAsUneven(hits: number, trials: number): number {
  checked(trials, hits);
  return Math.min(1, 2 * chanceOfAtLeast(Math.max(hits, trials - hits), trials));
}

/** Fewest hits whose one-sided chance is at most `level`; null where not even all of them would do. */
export function hitsNeeded(trials: number, level: number): number | null {
  return fewest(trials, (hits) => chanceOfAtLeast(hits, trials) <= level);
}

/** Fewest hits for one of two whose two-sided chance is at most `level`; null where not even all would do. */
export function hitsNeededEitherWay(trials: number, level: number): number | null {
  const least = Math.ceil(trials / 2);
  return fewest(trials, (hits) => hits >= least && chanceOfAsUneven(hits, trials) <= level);
}

function fewest(trials: number, does: (hits: number) => boolean): number | null {
  let low = 0;
  let high = trials + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (middle > trials || does(middle)) high = middle;
    else low = middle + 1;
  }
  return low > trials ? null : low;
}

/** Natural logarithm of the number of ways to choose `hits` of `trials`. */
function lnWays(trials: number, hits: number): number {
  let sum = 0;
  for (let k = 1; k <= Math.min(hits, trials - hits); k += 1) sum += Math.log((trials - k + 1) / k);
  return sum;
}

/** The chance of exactly so many hits, where each trial is one with a chance of `rate` (0-1). */
export function chanceOfExactly(hits: number, trials: number, rate: number): number {
  checked(trials, hits);
  if (rate <= 0) return hits === 0 ? 1 : 0;
  if (rate >= 1) return hits === trials ? 1 : 0;
  return Math.exp(lnWays(trials, hits) + hits * Math.log(rate) + (trials - hits) * Math.log1p(-rate));
}

/**
 * Power of the one-sided test: how often somebody who is right at a rate (0-1) is found to be.
 *
 * @returns 0 where no result could be significant
 */
export function power(trials: number, rate: number, level: number): number {
  const needed = hitsNeeded(trials, level);
  return needed === null ? 0 : tail(trials, rate, needed);
}

/** Power of the two-sided test: how often somebody who chooses one of two at a rate (0-1) is found to prefer either. */
export function powerEitherWay(trials: number, rate: number, level: number): number {
  const needed = hitsNeededEitherWay(trials, level);
  return needed === null ? 0 : tail(trials, rate, needed) + tail(trials, 1 - rate, needed);
}

function tail(trials: number, rate: number, from: number): number {
  let sum = 0;
  for (let hits = from; hits <= trials; hits += 1) sum += chanceOfExactly(hits, trials, rate);
  return Math.min(1, sum);
}
