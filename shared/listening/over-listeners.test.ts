import { expect, it } from 'vitest';
import { seeded } from '../seeded.ts';
import { testOverListeners } from './over-listeners.ts';

it('counts the patterns of signs', () => {
  // All five heard it: one of 32 patterns is as far to this side, two to either.
  expect(testOverListeners([0.3, 0.1, 0.2, 0.25, 0.4], 1, 1)).toEqual({ p: 1 / 32, exact: true });
  expect(testOverListeners([0.3, 0.1, 0.2, 0.25, 0.4], 2, 1)).toEqual({ p: 2 / 32, exact: true });
  expect(testOverListeners([-0.3, -0.1, -0.2], 1, 1).p).toBe(1);
  expect(testOverListeners([-0.3, -0.1, -0.2], 2, 1).p).toBe(2 / 8);
  // 4 - 1: the patterns +4+1 and +4-1 are as far.
  expect(testOverListeners([0.4, -0.1], 1, 1).p).toBe(2 / 4);
});

it('never finds one listener alone, nor listeners who guess on the line, significant', () => {
  expect(testOverListeners([0.5], 1, 1).p).toBe(0.5);
  expect(testOverListeners([0, 0, 0], 1, 1).p).toBe(1);
  expect(testOverListeners([], 2, 1).p).toBe(1);
});

it('counts every pattern of up to 32 listeners, as adding them up one by one does', () => {
  const random = seeded(12);
  for (const length of [9, 10, 14]) {
    const values = Array.from({ length }, () => Math.round(random() * 8 - 3) / 10);
    const sums = Array.from({ length: 2 ** length }, (_, pattern) =>
      values.reduce((sum, value, at) => sum + ((pattern >> at) & 1 ? value : -value), 0),
    );
    const seen = values.reduce((sum, value) => sum + value, 0);
    const far = (reaches: (sum: number) => boolean) => sums.filter(reaches).length / sums.length;
    expect(testOverListeners(values, 1, 1)).toEqual({ p: far((sum) => sum >= seen - 1e-9), exact: true });
    const either = far((sum) => Math.abs(sum) >= Math.abs(seen) - 1e-9);
    expect(testOverListeners(values, 2, 1)).toEqual({ p: either, exact: true });
  }
  const all = Array.from({ length: 32 }, (_, at) => 1 + at / 32);
  expect(testOverListeners(all, 1, 1)).toEqual({ p: 2 ** -32, exact: true });
});

it('draws patterns where there are too many, and comes to about the same', () => {
  const random = seeded(4);
  const values = Array.from({ length: 44 }, () => random() - 0.45);
  const drawn = testOverListeners(values, 1, 9);
  expect(drawn.exact).toBe(false);
  expect(testOverListeners(values, 1, 9)).toEqual(drawn);
  // Against the normal approximation, which is close for so many.
  const sum = values.reduce((a, b) => a + b, 0);
  const z = sum / Math.sqrt(values.reduce((a, b) => a + b * b, 0));
  expect(drawn.p).toBeGreaterThan(0);
  expect(Math.abs(drawn.p - normalTail(z))).toBeLessThan(0.01);
});

it('finds at most 5 % of groups who guess', () => {
  const random = seeded(21);
  let found = 0;
  for (let group = 0; group < 2000; group += 1) {
    const values = Array.from({ length: 7 }, () => {
      let hits = 0;
      for (let trial = 0; trial < 10; trial += 1) if (random() < 0.5) hits += 1;
      return hits / 10 - 0.5;
    });
    if (testOverListeners(values, 1, group).p <= 0.05) found += 1;
  }
  // Three standard deviations above the level.
  expect(found / 2000).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 2000));
});

/** Abramowitz and Stegun 26.2.17. */
function normalTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
  return z >= 0 ? tail : 1 - tail;
}
