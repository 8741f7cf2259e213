import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../schemas/listening-key.ts';
import { ListeningResults } from '../schemas/listening-results.ts';
import { seeded } from '../seeded.ts';
import { chanceOfAsUneven, chanceOfAtLeast } from './binomial.ts';
import { listeningResults } from './results.ts';
import { bestShown } from './shown.ts';
import { type Answerer, madeSession, madeTest } from './testing/made-test.ts';

const whatAt = (record: AnswerRecord, name: string) => record.places.find(({ place }) => place === name)?.what;

/** Finds X in the first so many trials, and misses it in all others. */
const rightIn =
  (hits: number): Answerer =>
  (record) => ({ choice: (whatAt(record, 'A') === whatAt(record, 'X')) === record.index < hits ? 'A' : 'B' });

/** Prefers a slot, or neither. */
const prefers =
  (of: (record: AnswerRecord) => number | null): Answerer =>
  (record) => {
    const slot = of(record);
    return { choice: slot === null ? 'none' : whatAt(record, 'A') === slot ? 'A' : 'B' };
  };

/** Rates by what is heard. */
const rates =
  (of: (what: number, text: number) => number): Answerer =>
  ({ places, text }) => ({
    ratings: Object.fromEntries(
      places.filter(({ rated }) => rated).map(({ stimulus, what }) => [stimulus, of(what ?? 0, text)]),
    ),
  });

describe('an ABX', () => {
  const test = madeTest('abx');

  it('is tested listener by listener, and over listeners', () => {
    const results = listeningResults(test, [madeSession(test, 1, rightIn(14)), madeSession(test, 2, rightIn(9))], 5);
    expect(ListeningResults.parse(results)).toEqual(results);
    if (results.result.method !== 'abx') throw new Error('no ABX');
    const { listeners, over } = results.result;
    expect(listeners).toMatchObject([
      { hits: 14, trials: 16, p: chanceOfAtLeast(14, 16), needed: 12 },
      { hits: 9, trials: 16, p: chanceOfAtLeast(9, 16), needed: 12 },
    ]);
    expect(listeners[1]?.power[1]?.power).toBeCloseTo(0.8, 2);
    // Both on one side: one of four patterns.
    expect(over).toEqual({ listeners: 2, p: 1 / 4, exact: true, least: 5 });
    expect(results.answers).toHaveLength(32);
  });

  it('never calls “not significant” the same', () => {
    const sessions = Array.from({ length: 6 }, (_, at) => madeSession(test, at + 1, rightIn(8)));
    const words = listeningResults(test, sessions, 5).words.join(' ');
    expect(words).toContain('No difference was shown for Listener 1: 8 of 16 right, p = .60.');
    expect(words).toContain('omebody right 80 % of the time would have been found in 80 % of such tests');
    expect(words).toContain('sign-flip test over 6 listeners');
    expect(words).not.toMatch(/\b(same|equal|identical|no difference between|cannot be told)\b/i);
  });

  it('says what was heard, and that many tests come out by chance', () => {
    const sessions = Array.from({ length: 6 }, (_, at) => madeSession(test, at + 1, rightIn(15)));
    const { words } = listeningResults(test, sessions, 5);
    expect(words[0]).toBe('Listener 1 heard a difference: 15 of 16 right, p = under .001.');
    expect(words).toContainEqual(expect.stringMatching(/^A difference was heard over all listeners \(p = \.016/));
    expect(words).toContainEqual(expect.stringContaining('These are 6 tests'));
  });

  it('leaves out who did not finish, and shows him', () => {
    const half = madeSession(test, 1, rightIn(12), { state: 'abandoned', answered: 12 });
    const results = listeningResults(test, [half], 5);
    expect(results.listeners).toMatchObject([{ answered: 12, of: 16, left: expect.stringContaining('not finished') }]);
    expect(results.result).toMatchObject({ listeners: [], over: null });
    expect(results.answers).toHaveLength(12);
    expect(results.words[0]).toBe('There is no listener whose answers count: it shows nothing.');
    expect(results.words[1]).toContain('is left out');
  });
});

describe('a preference', () => {
  const test = madeTest('preference', { rounds: 24 });

  it('leaves “no difference” out of the test, and shows it', () => {
    const of = (record: AnswerRecord) => (record.index < 4 ? null : record.index < 20 ? 1 : 0);
    const results = listeningResults(test, [madeSession(test, 1, prefers(of))], 5);
    expect(ListeningResults.parse(results)).toEqual(results);
    if (results.result.method !== 'preference') throw new Error('no preference');
    expect(results.result.listeners).toMatchObject([
      { counts: { first: 4, second: 16, none: 4 }, p: chanceOfAsUneven(4, 20), needed: 15 },
    ]);
    expect(results.result.texts).toEqual([{ first: 4, second: 16, none: 4 }]);
    expect(results.words[0]).toContain('preferred B (Bella): A (Heart) 4, B (Bella) 16, no difference 4');
    // One listener alone is never significant over listeners.
    expect(results.result.over).toMatchObject({ p: 1, least: 6 });
  });

  it('shows a liking for a place, which is none for a slot', () => {
    const results = listeningResults(test, [madeSession(test, 1, () => ({ choice: 'A' }))], 5);
    if (results.result.method !== 'preference') throw new Error('no preference');
    expect(results.result.counts).toEqual({ first: 12, second: 12, none: 0 });
    expect(results.result.places).toMatchObject({ first: 24, second: 0 });
    expect(results.words).toContainEqual(expect.stringContaining('What stood at place A was chosen more often'));
    expect(results.words[0]).toContain('No preference was shown');
  });

  it('says that slots stood first alike only where they did, and that answers of one listener hang together', () => {
    const always = (texts: number, listeners: number) => {
      const odd = madeTest('preference', { rounds: 1, texts: Array.from({ length: texts }, () => test.texts).flat() });
      const sessions = Array.from({ length: listeners }, (_, at) => madeSession(odd, at + 1, () => ({ choice: 'A' })));
      const results = listeningResults(odd, sessions, 5);
      if (results.result.method !== 'preference') throw new Error('no preference');
      return {
        stood: results.result.places.stoodFirst,
        told: results.words.find((word) => word.includes('at place A')),
      };
    };
    const even = always(8, 1);
    expect(even.stood).toEqual({ first: 4, second: 4 });
    expect(even.told).toContain('Each slot stood first as often as second');
    expect(even.told).not.toContain('hang together');
    const uneven = always(7, 1);
    expect(Object.values(uneven.stood).toSorted()).toEqual([3, 4]);
    expect(uneven.told).toMatch(/stood first \d times, .* \d times: a liking for a place is a small advantage/);
    expect(uneven.told).not.toContain('as often');
    expect(always(4, 3).told).toContain('as if those of one listener did not hang together: it is a hint, no test.');
  });

  it('says nothing where nobody preferred anything', () => {
    const sessions = [madeSession(test, 1, () => ({ choice: 'none' }))];
    const results = listeningResults(test, sessions, 5);
    expect(results.result).toMatchObject({ listeners: [{ p: 1, needed: null }] });
    expect(results.words[0]).toContain('no result could have been significant');
  });
});

describe('a rating', () => {
  const texts = Array.from({ length: 5 }, (_, at) => ({
    text: `Text ${at}.`,
    takes: madeTest('rating').texts[0]?.takes ?? [],
    reference: null,
  }));

  it('is told by differences with intervals, not by a ranking', () => {
    const test = madeTest('rating', { texts });
    const random = seeded(3);
    const sessions = Array.from({ length: 8 }, (_, at) => {
      const bias = random() * 30;
      return madeSession(
        test,
        at + 1,
        rates((what) => 40 + bias + what * 15 + random() * 6),
      );
    });
    const results = listeningResults(test, sessions, 5);
    expect(ListeningResults.parse(results)).toEqual(results);
    if (results.result.method !== 'rating') throw new Error('no rating');
    expect(results.result.rated.map(({ kind, count }) => [kind, count])).toEqual([
      ['slot', 40],
      ['slot', 40],
    ]);
    expect(results.result.pairs).toHaveLength(1);
    expect(results.result.pairs[0]?.interval?.high).toBeLessThan(-10);
    expect(results.words[0]).toMatch(
      /^B \(Bella\) was rated 1[45]\.\d points higher than A \(Heart\) \(p = \.008, 95 % interval 1\d\.\d to 1\d\.\d\)\.$/,
    );
    expect(results.words).toContain('Differences are tested by exact sign-flip tests over 8 listeners.');
  });

  it('with a reference leaves out who does not know it again, and says so', () => {
    const test = madeTest('mushra', { texts: texts.map((text) => ({ ...text, reference: text.takes[0] ?? null })) });
    const good = (what: number) => [60, 62, 98, 10][what] ?? 0;
    const deaf = (what: number) => [60, 90, 50, 70][what] ?? 0;
    const sessions = [
      madeSession(
        test,
        1,
        rates((what, text) => good(what) + text / 2),
      ),
      madeSession(
        test,
        2,
        rates((what, text) => good(what) - text / 2),
      ),
      madeSession(test, 3, rates(deaf)),
    ];
    const results = listeningResults(test, sessions, 5);
    expect(ListeningResults.parse(results)).toEqual(results);
    if (results.result.method !== 'mushra') throw new Error('no rating with a reference');
    expect(results.listeners.map(({ left }) => left)).toEqual([
      null,
      null,
      expect.stringContaining('hidden reference'),
    ]);
    expect(results.result.rated.map(({ kind, mean }) => [kind, mean])).toEqual([
      ['slot', 60],
      ['slot', 62],
      ['reference', 98],
      ['anchor', 10],
    ]);
    expect(results.result.rated[1]?.listeners).toHaveLength(3);
    // The anchor is compared with nothing.
    expect(results.result.pairs.map(({ first, second }) => [first, second])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(results.words).toContainEqual(expect.stringContaining('Listener 3 is left out.'));
  });

  it.each([
    { listeners: 2, texts: 5 },
    { listeners: 3, texts: 5 },
    { listeners: 8, texts: 5 },
    { listeners: 1, texts: 2 },
  ])(
    'of $listeners who guess in $texts texts shows something in at most 5 % of tests',
    ({ listeners, texts: count }) => {
      const test = madeTest('rating', { texts: texts.slice(0, count) });
      const random = seeded(31);
      const guess = rates(() => Math.round(random() * 100));
      const TESTS = 400;
      let [claimed, best] = [0, 0];
      for (let one = 0; one < TESTS; one += 1) {
        const sessions = Array.from({ length: listeners }, (_, at) => madeSession(test, at + 1, guess));
        const results = listeningResults(test, sessions, 5);
        if (results.words.some((word) => /higher than .* \(p = /.test(word))) claimed += 1;
        if (bestShown(results) !== null) best += 1;
      }
      // Three standard deviations above the level.
      const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / TESTS);
      expect(claimed / TESTS).toBeLessThan(most);
      expect(best / TESTS).toBeLessThan(most);
    },
  );

  it('of too few shows nothing, however clear, and says why', () => {
    const clear = rates((what) => 20 + 60 * what);
    const told = (listeners: number, count: number) => {
      const test = madeTest('rating', { texts: texts.slice(0, count) });
      const sessions = Array.from({ length: listeners }, (_, at) => madeSession(test, at + 1, clear));
      const results = listeningResults(test, sessions, 5);
      return { words: results.words, best: bestShown(results) };
    };
    expect(told(5, 5)).toEqual({
      best: null,
      words: [
        'B (Bella) was rated 60.0 points higher than A (Heart) on average, by so few that it shows nothing.',
        'With 5 listeners no interval is given: there are too few to draw from. It needs at least 6.',
        'A test of this pair needs at least 6 listeners; with 5 it cannot be significant.',
      ],
    });
    expect(told(6, 5).best).toBe(1);
    expect(told(1, 5).words).toContainEqual(expect.stringContaining('With 5 texts no interval is given'));
    expect(told(1, 5).words).toContainEqual(expect.stringContaining('There is one listener, tested over texts'));
  });

  it('says how large a difference is not ruled out', () => {
    const test = madeTest('rating', { texts });
    const random = seeded(9);
    const sessions = Array.from({ length: 6 }, (_, at) =>
      madeSession(
        test,
        at + 1,
        rates(() => 30 + random() * 40),
      ),
    );
    expect(listeningResults(test, sessions, 5).words[0]).toMatch(
      /^No difference between .* was shown .* is not ruled out\.$/,
    );
  });
});
