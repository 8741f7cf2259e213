import { expect, it } from 'vitest';
import { planOf } from './plan.ts';

const counts = { slots: 2, texts: 1, trials: 16, rounds: 16 };

it('tells what so many trials of an ABX can show', () => {
  const plan = planOf({ ...counts, method: 'abx' }, 1);
  expect(plan).toMatchObject({ trials: 16, needed: 12, leastListeners: 5, warning: null });
  expect(plan.power.map(({ rate, power }) => [rate, Number(power.toFixed(2))])).toEqual([
    [0.7, 0.45],
    [0.8, 0.8],
  ]);
});

it('warns where nothing could come out', () => {
  expect(planOf({ ...counts, method: 'abx', trials: 4 }, 1)).toMatchObject({
    needed: null,
    power: [{ power: 0 }, { power: 0 }],
    warning: expect.stringContaining('no result could be significant'),
  });
  expect(planOf({ ...counts, method: 'abx', trials: 5 }, 1).warning).toBeNull();
  expect(planOf({ ...counts, method: 'preference', rounds: 5 }, 1).needed).toBeNull();
  expect(planOf({ ...counts, method: 'preference', texts: 2, rounds: 8 }, 4)).toMatchObject({
    trials: 16,
    needed: 13,
    leastListeners: 6,
    warning: expect.stringContaining('at least 6'),
  });
});

it('foretells intervals of ratings', () => {
  const plan = planOf({ ...counts, method: 'rating', texts: 10 }, 16);
  expect(plan).toMatchObject({ trials: 10, needed: null, power: [], warning: null });
  expect(plan.halfWidth).toBeCloseTo(9.8, 6);
  expect(plan.widths).toEqual([
    { points: 10, needed: 16 },
    { points: 5, needed: 62 },
  ]);
  // One listener stands for himself: his texts are drawn.
  expect(planOf({ ...counts, method: 'mushra', texts: 16 }, 1).halfWidth).toBeCloseTo(9.8, 6);
  expect(planOf({ ...counts, method: 'rating' }, 1)).toMatchObject({ halfWidth: null, warning: expect.any(String) });
});

it('warns where so few ratings can show nothing', () => {
  const rating = { ...counts, method: 'rating', texts: 5 } as const;
  expect(planOf(rating, 1)).toMatchObject({
    leastListeners: 6,
    halfWidth: null,
    warning:
      'One listener with 5 texts can show no difference, nor give an interval (that needs 6): have at least 6 texts, or 6 listeners.',
  });
  expect(planOf({ ...rating, texts: 6 }, 1).warning).toBeNull();
  expect(planOf(rating, 5).warning).toContain('have at least 6 listeners');
  expect(planOf(rating, 6).warning).toBeNull();
  // With the reference there are three things to be told apart, and three pairs of them.
  expect(planOf({ ...rating, method: 'mushra' }, 6)).toMatchObject({
    leastListeners: 7,
    warning: '6 listeners can show no difference between any of 3 pairs: have at least 7 listeners.',
  });
  expect(planOf({ ...rating, slots: 8 }, 10).leastListeners).toBe(11);
});
