import { expect, it } from 'vitest';
import { listenersNeeded, powerOfOne, powerOverListeners } from './power.ts';

it('ABX and preference plans are those of the tables: hits needed, and how often 70, 80 and 90 % are found', () => {
  const abx = powerOfOne(16, 1);
  expect(abx.needed).toBe(12);
  expect(abx.found.map((chance) => chance.toFixed(2))).toEqual(['0.45', '0.80', '0.98']);
  expect(powerOfOne(20, 2).needed).toBe(15);
  expect(powerOfOne(4, 1)).toEqual({ needed: null, found: [0, 0, 0] });
  expect(powerOfOne(5, 1).needed).toBe(5);
  expect(powerOfOne(5, 2).needed).toBeNull();
});

it('several listeners are found together only where there are enough of them, and then better than alone', () => {
  expect(listenersNeeded(1)).toBe(5);
  expect(listenersNeeded(2)).toBe(6);
  expect(powerOverListeners(4, 16, 1)).toBeNull();
  const eight = powerOverListeners(8, 16, 1);
  expect(eight?.exactly).toBe(true);
  expect(eight?.found[0]).toBeGreaterThan(0.9);
  expect(powerOverListeners(40, 16, 2)?.exactly).toBe(false);
});
