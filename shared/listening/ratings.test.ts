import { expect, it } from 'vitest';
import { seeded } from '../seeded.ts';
import type { Rating } from './rating-units.ts';
import { pairDifferences, slotRatings, unreliableListeners } from './ratings.ts';

/** Ratings of two slots around their true means; each listener is stricter or milder than others. */
function made(seed: number, listeners: number, texts: number, means: readonly number[]): Rating[] {
  const random = seeded(seed);
  const about = (spread: number) => (random() + random() + random() - 1.5) * spread;
  return Array.from({ length: listeners }, (_, at) => {
    const bias = about(10);
    return means.flatMap((value, slot) =>
      Array.from({ length: texts }, (_, text) => ({
        listener: `L${at}`,
        text,
        slot,
        value: value + bias + about(10),
      })),
    );
  }).flat();
}

it('are means with an interval around them, the same for the same answers', () => {
  const ratings = made(1, 12, 5, [70, 40]);
  const [first, second] = slotRatings(ratings, 2, 3);
  expect(slotRatings(ratings, 2, 3)).toEqual([first, second]);
  expect(first?.count).toBe(60);
  expect(first?.mean).toBeGreaterThan((second?.mean ?? 100) + 20);
  for (const { mean, interval } of [first, second].filter((one) => one !== undefined)) {
    expect(interval?.low).toBeLessThan(mean);
    expect(interval?.high).toBeGreaterThan(mean);
  }
});

it.each([6, 10])('have intervals that hold the true mean as often as they say, of %i listeners', (listeners) => {
  const GROUPS = 600;
  let held = 0;
  for (let group = 0; group < GROUPS; group += 1) {
    const [slot] = slotRatings(made(group, listeners, 3, [60]), 1, group);
    if (slot?.interval && slot.interval.low <= 60 && slot.interval.high >= 60) held += 1;
  }
  expect(held / GROUPS).toBeGreaterThan(0.925);
  expect(held / GROUPS).toBeLessThan(0.98);
});

it('have no interval of fewer than six units, and none over what can be rated', () => {
  for (const few of [2, 3, 5]) {
    expect(slotRatings(made(3, few, 5, [70]), 1, 1)[0]?.interval).toBeNull();
    const { pairs, units } = pairDifferences(made(3, few, 5, [90, 10]), [0, 1], 1);
    expect(units).toEqual({ of: 'listeners', count: few, least: 6 });
    expect(pairs[0]?.interval).toBeNull();
    expect(pairs[0]?.p).toBeGreaterThan(0.05);
  }
  const high = [100, 100, 100, 99, 100, 62].map((value, at) => ({ listener: `L${at}`, text: 0, slot: 0, value }));
  expect(slotRatings(high, 1, 1)[0]?.interval?.high).toBe(100);
});

it('pairs share the level: with many, one of them has to be clearer', () => {
  const ratings = made(8, 7, 5, [80, 60, 40]);
  const two = pairDifferences(ratings, [0, 1], 1);
  expect(two.pairs[0]?.p).toBe(2 / 128);
  const three = pairDifferences(ratings, [0, 1, 2], 1);
  expect(three.units).toEqual({ of: 'listeners', count: 7, least: 7 });
  expect(three.pairs.map(({ p }) => p)).toEqual([6 / 128, 6 / 128, 6 / 128]);
  expect(pairDifferences(made(8, 7, 5, [80, 60, 40, 20]), [0, 1, 2, 3], 1).units.least).toBe(8);
});

it('each listener counts alike, whatever he missed', () => {
  const rated = (listener: string, values: number[]) =>
    values.map((value, text): Rating => ({ listener, text, slot: 0, value }));
  const [slot] = slotRatings([...rated('a', [80, 80, 80]), ...rated('b', [40])], 1, 1);
  expect(slot).toMatchObject({ mean: 60, count: 4 });
});

it('draw texts where there is one listener, and give no interval for one rating', () => {
  const one = made(2, 1, 6, [50]);
  expect(slotRatings(one, 1, 1)[0]?.interval).not.toBeNull();
  expect(slotRatings(one.slice(0, 1), 1, 1)[0]?.interval).toBeNull();
  expect(slotRatings([], 1, 1)[0]).toMatchObject({ count: 0, mean: Number.NaN, interval: null });
});

it('leave out who does not know the reference again', () => {
  const rated = (listener: string, values: number[]): Rating[] =>
    values.map((value, text) => ({ listener, text, slot: 1, value }));
  const ratings = [
    ...rated('sure', [100, 95, 90, 100, 92, 99, 100]),
    // One of seven is 14.3 %, two are 28.6 %.
    ...rated('once', [100, 95, 40, 100, 92, 99, 100]),
    ...rated('twice', [100, 95, 40, 100, 89, 99, 100]),
  ];
  expect(unreliableListeners(ratings, 1)).toEqual(['twice']);
  expect(unreliableListeners(ratings, 0)).toEqual([]);
});

it('differences are those within a listener and a text, and can be sure where the means are not', () => {
  // Listeners differ by far more than the slots do.
  const random = seeded(5);
  const ratings: Rating[] = Array.from({ length: 12 }, (_, at) => {
    const bias = random() * 60;
    return [0, 1].map((slot) => ({
      listener: `L${at}`,
      text: 0,
      slot,
      value: bias + (slot === 0 ? 6 : 0) + random() * 4,
    }));
  }).flat();
  const [first, second] = slotRatings(ratings, 2, 1);
  expect(first?.interval?.low).toBeLessThan(second?.interval?.high ?? 0);
  const [pair] = pairDifferences(ratings, [0, 1], 1).pairs;
  expect(pair).toMatchObject({ first: 0, second: 1 });
  expect(pair?.difference).toBeCloseTo((first?.mean ?? 0) - (second?.mean ?? 0), 9);
  expect(pair?.interval?.low).toBeGreaterThan(4);
  expect(pair?.interval?.high).toBeLessThan(8);
  // What was rated by one listener only, or in one text only, is no pair.
  const apart = [ratings[0], { ...ratings[1], listener: 'other' }].filter((one) => one !== undefined) as Rating[];
  expect(pairDifferences(apart, [0, 1], 1).pairs).toEqual([]);
});
