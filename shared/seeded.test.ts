import { expect, it } from 'vitest';
import { seeded, shuffled } from './seeded.ts';

it('gives the same numbers for the same seed, and others for another', () => {
  const first = (seed: number) => Array.from({ length: 5 }, seeded(seed));
  expect(first(7)).toEqual(first(7));
  expect(first(7)).not.toEqual(first(8));
});

it('is even: each tenth has about a tenth of the numbers', () => {
  const random = seeded(1);
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i += 1) {
    const at = Math.floor(random() * 10);
    tenths[at] = (tenths[at] ?? 0) + 1;
  }
  // Five standard deviations of a binomial count.
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9000));
});

it('puts things in every order about as often', () => {
  const random = seeded(3);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i += 1) {
    const order = shuffled('abcd'.split(''), random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
});
