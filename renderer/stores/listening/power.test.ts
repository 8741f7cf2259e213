import { expect, it } from 'vitest';
import { powerOfOne, powerOverListeners } from './power.ts';

it('how often one listener is found who is right 70, 80 and 90 % of the time', () => {
  expect(powerOfOne(16, 1).map((chance) => chance.toFixed(2))).toEqual(['0.45', '0.80', '0.98']);
  expect(powerOfOne(4, 1)).toEqual([0, 0, 0]);
  expect(powerOfOne(5, 2)).toEqual([0, 0, 0]);
});

it('several listeners are found together only where there are enough of them, and then better than alone', () => {
  expect(powerOverListeners(4, 16, 1)).toBeNull();
  expect(powerOverListeners(5, 16, 2)).toBeNull();
  const eight = powerOverListeners(8, 16, 1);
  expect(eight?.exactly).toBe(true);
  expect(eight?.found[0]).toBeGreaterThan(0.9);
  expect(powerOverListeners(40, 16, 2)?.exactly).toBe(false);
});
