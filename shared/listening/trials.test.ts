import { expect, it } from 'vitest';
import { seeded } from '../seeded.ts';
import { chanceOfAtLeast } from './binomial.ts';
import { abxTrials, preferenceTrials, ratingPages } from './trials.ts';

const both = (seed: number) => ({ texts: seed, places: seed });

it('have an order of texts that tells nothing of the places', () => {
  const texts = (places: number) => preferenceTrials(8, 4, { texts: 3, places }).map(({ text }) => text);
  expect(texts(1)).toEqual(texts(2));
  const firsts = (seed: number) => preferenceTrials(8, 4, { texts: 3, places: seed }).map(({ first }) => first);
  expect(firsts(1)).not.toEqual(firsts(2));
});

it('have one A for a whole ABX, whose texts are heard as often', () => {
  const trials = abxTrials(4, 18, both(3));
  expect(new Set(trials.map(({ first }) => first)).size).toBe(1);
  const heard = [0, 1, 2, 3].map((text) => trials.filter((trial) => trial.text === text).length).sort();
  expect(heard).toEqual([4, 4, 5, 5]);
  const firsts = new Set(Array.from({ length: 20 }, (_, seed) => abxTrials(1, 1, both(seed))[0]?.first));
  expect([...firsts].sort()).toEqual(['a', 'b']);
});

it('are the same for the same seed', () => {
  expect(abxTrials(1, 16, both(5))).toEqual(abxTrials(1, 16, both(5)));
  expect(abxTrials(1, 16, both(5))).not.toEqual(abxTrials(1, 16, both(6)));
  expect(preferenceTrials(3, 4, both(5))).toEqual(preferenceTrials(3, 4, both(5)));
  expect(ratingPages(3, 4, both(5))).toEqual(ratingPages(3, 4, both(5)));
});

/** Ways to answer without hearing anything. */
const GUESSERS: Record<string, (random: () => number) => (trial: number) => 'a' | 'b'> = {
  'by a coin': (random) => () => (random() < 0.5 ? 'a' : 'b'),
  'by turns': () => (trial) => (trial % 2 === 0 ? 'a' : 'b'),
  'always the same': () => () => 'a',
  'each as often, half by half': () => (trial) => (trial < 8 ? 'b' : 'a'),
};

it.each(Object.entries(GUESSERS))('find at most 5 %% of 10,000 listeners who guess %s', (_, guesser) => {
  const random = seeded(11);
  let found = 0;
  for (let listener = 0; listener < 10_000; listener += 1) {
    const guess = guesser(random);
    const hits = abxTrials(1, 16, both(listener)).filter(({ x }, trial) => guess(trial) === x).length;
    if (chanceOfAtLeast(hits, 16) <= 0.05) found += 1;
  }
  // The true rate of 16 trials is 3.84 %.
  expect(found / 10_000).toBeLessThanOrEqual(0.05);
  expect(found / 10_000).toBeGreaterThan(0.025);
});

it('has each of two first as often, for each text and in all', () => {
  const trials = preferenceTrials(4, 6, both(9));
  expect(trials).toHaveLength(24);
  for (let text = 0; text < 4; text += 1) {
    const of = trials.filter((trial) => trial.text === text);
    expect(of).toHaveLength(6);
    expect(of.filter(({ first }) => first === 'a')).toHaveLength(3);
  }
  const once = preferenceTrials(6, 1, both(2));
  expect(once.filter(({ first }) => first === 'a')).toHaveLength(3);
  const orders = new Set(
    Array.from({ length: 40 }, (_, seed) =>
      preferenceTrials(1, 4, both(seed))
        .map(({ first }) => first)
        .join(''),
    ),
  );
  expect(orders.size).toBe(6);
  const firsts = new Set(Array.from({ length: 20 }, (_, seed) => preferenceTrials(1, 1, both(seed))[0]?.first));
  expect([...firsts].sort()).toEqual(['a', 'b']);
});

it('has every text once and every slot once on its page', () => {
  const pages = ratingPages(5, 4, both(2));
  expect(pages.map(({ text }) => text).sort()).toEqual([0, 1, 2, 3, 4]);
  for (const { order } of pages) expect([...order].sort()).toEqual([0, 1, 2, 3]);
  const places = new Set(Array.from({ length: 40 }, (_, seed) => ratingPages(1, 4, both(seed))[0]?.order.indexOf(0)));
  expect(places.size).toBe(4);
});
