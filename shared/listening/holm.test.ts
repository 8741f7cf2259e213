import { expect, it } from 'vitest';
import { holm } from './holm.ts';

it('the clearest of several chances counts for all of them, the next for those that are left', () => {
  expect(holm([0.04, 0.01, 0.03])).toEqual([0.06, 0.03, 0.06]);
  expect(holm([0.5, 0.9])).toEqual([1, 1]);
  expect(holm([0.02])).toEqual([0.02]);
  expect(holm([])).toEqual([]);
});
