import { describe, expect, it } from 'vitest';
import {
  chanceOfAsUneven,
  chanceOfAtLeast,
  chanceOfExactly,
  hitsNeeded,
  hitsNeededEitherWay,
  power,
  powerEitherWay,
} from './binomial.ts';

/** Another way to the same: the tail by the recursion of Pascal's triangle over chances, in long sums of small terms. */
function tailByRecursion(hits: number, trials: number): number {
  let row = [1];
  for (let n = 1; n <= trials; n += 1) {
    row = Array.from({ length: n + 1 }, (_, k) => ((row[k] ?? 0) + (row[k - 1] ?? 0)) / 2);
  }
  return row
    .slice(hits)
    .reverse()
    .reduce((sum, chance) => sum + chance, 0);
}

describe('the exact binomial tests', () => {
  it('are those of an independent computation, for all results of 1 to 100 trials', () => {
    for (let trials = 1; trials <= 100; trials += 1) {
      for (let hits = 0; hits <= trials; hits += 1) {
        const expected = tailByRecursion(hits, trials);
        expect(Math.abs(chanceOfAtLeast(hits, trials) - expected)).toBeLessThan(1e-12);
        const either = Math.min(1, 2 * tailByRecursion(Math.max(hits, trials - hits), trials));
        expect(Math.abs(chanceOfAsUneven(hits, trials) - either)).toBeLessThan(1e-12);
      }
    }
  });

  // Boley and Lester, “Statistical analysis of ABX results using signal detection theory”, AES 2009, and tables of the
  // binomial distribution.
  it.each([
    [8, 7, 0.0352],
    [10, 9, 0.0107],
    [12, 10, 0.0193],
    [16, 12, 0.0384],
    [20, 15, 0.0207],
    [25, 18, 0.0216],
    [30, 20, 0.0494],
    [40, 26, 0.0403],
    [50, 32, 0.0325],
    [100, 59, 0.0443],
  ])('need in %i trials %i hits (p %f)', (trials, needed, p) => {
    expect(hitsNeeded(trials, 0.05)).toBe(needed);
    expect(chanceOfAtLeast(needed, trials)).toBeCloseTo(p, 4);
  });

  it('call 8 of 10 not significant, and nothing in four trials of it', () => {
    expect(chanceOfAtLeast(8, 10)).toBeCloseTo(0.0547, 4);
    expect(hitsNeeded(4, 0.05)).toBeNull();
    expect(hitsNeeded(5, 0.05)).toBe(5);
    expect(hitsNeededEitherWay(5, 0.05)).toBeNull();
    expect(hitsNeeded(0, 0.05)).toBeNull();
  });

  it.each([
    [16, 13],
    [20, 15],
    [30, 21],
  ])('need for a preference of %i trials %i for one of two', (trials, needed) => {
    expect(hitsNeededEitherWay(trials, 0.05)).toBe(needed);
  });

  it('stay exact for more trials than a double has digits', () => {
    expect(chanceOfAtLeast(0, 2000)).toBe(1);
    expect(chanceOfAtLeast(1000, 1000)).toBe(2 ** -1000);
    expect(chanceOfAtLeast(1000, 2000) + chanceOfAtLeast(1001, 2000)).toBeCloseTo(1, 14);
  });

  it('refuse what cannot be', () => {
    expect(() => chanceOfAtLeast(3, 2)).toThrow(RangeError);
    expect(() => chanceOfAtLeast(-1, 2)).toThrow(RangeError);
    expect(() => chanceOfAtLeast(0.5, 2)).toThrow(RangeError);
    expect(() => chanceOfExactly(0, Number.NaN, 0.5)).toThrow(RangeError);
  });
});

describe('power', () => {
  it.each([
    [16, 0.45, 0.8],
    [20, 0.42, 0.8],
    [30, 0.73, 0.97],
    [40, 0.81, 0.99],
  ])('of %i trials is %f for who is right 70 %% of the time, and %f at 80 %%', (trials, at70, at80) => {
    expect(power(trials, 0.7, 0.05)).toBeCloseTo(at70, 2);
    expect(power(trials, 0.8, 0.05)).toBeCloseTo(at80, 2);
  });

  it('is at most the level where there is nothing to hear, and 1 where all is heard', () => {
    for (let trials = 1; trials <= 60; trials += 1) {
      expect(power(trials, 0.5, 0.05)).toBeLessThanOrEqual(0.05 + 1e-12);
      expect(powerEitherWay(trials, 0.5, 0.05)).toBeLessThanOrEqual(0.05 + 1e-12);
    }
    expect(power(10, 1, 0.05)).toBe(1);
    expect(powerEitherWay(10, 0, 0.05)).toBe(1);
    expect(power(3, 0.9, 0.05)).toBe(0);
  });

  it('sums chances to one', () => {
    for (const rate of [0, 0.1, 0.5, 0.93, 1]) {
      const sum = Array.from({ length: 41 }, (_, hits) => chanceOfExactly(hits, 40, rate)).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 12);
    }
  });
});
