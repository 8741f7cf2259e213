import { expect, it } from 'vitest';
import { seeded } from '../seeded.ts';
import { pairDifferences, type Rating, slotRatings, unreliableListeners } from './ratings.ts';

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

it('have intervals that hold the true mean about as often as they say', () => {
  let held = 0;
  const GROUPS = 300;
  for (let group = 0; group < GROUPS; group += 1) {
    const [slot] = slotRatings(made(group, 20, 3, [60]), 1, group);
    if (slot?.interval && slot.interval.low <= 60 && slot.interval.high >= 60) held += 1;
  }
  // The percentile bootstrap of 20 listeners holds it a little less often than in 95 %.
  expect(held / GROUPS).toBeGreaterThan(0.88);
  expect(held / GROUPS).toBeLessThan(0.99);
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
  const [pair] = pairDifferences(ratings, [0, 1], 1);
  expect(pair).toMatchObject({ first: 0, second: 1 });
  expect(pair?.difference).toBeCloseTo((first?.mean ?? 0) - (second?.mean ?? 0), 9);
  expect(pair?.interval?.low).toBeGreaterThan(4);
  expect(pair?.interval?.high).toBeLessThan(8);
  // What was rated by one listener only, or in one text only, is no pair.
  const apart = [ratings[0], { ...ratings[1], listener: 'other' }].filter((one) => one !== undefined) as Rating[];
  expect(pairDifferences(apart, [0, 1], 1)).toEqual([]);
});
