import { chanceOfAsUneven, chanceOfAtLeast } from '../shared/listening/binomial.ts';
import { LEVEL } from '../shared/listening/choice-results.ts';
import { meanInterval } from '../shared/listening/mean-interval.ts';
import { listeningResults } from '../shared/listening/results.ts';
import { bestShown, isDifferenceShown } from '../shared/listening/shown.ts';
import { type Answerer, madeSession, madeTest } from '../shared/listening/testing/made-test.ts';
import type { ListeningChoice } from '../shared/schemas/listening.ts';
import type { OverListenersResult } from '../shared/schemas/listening-results.ts';
import { seeded } from '../shared/seeded.ts';
import type { Figure } from './figure.ts';

const LISTENERS = 10_000;
/** Listeners of one test. */
const GROUP = 8;
/** Trials of the largest test whose every result is compared. */
const MOST_TRIALS = 100;

/** Somebody who hears nothing: every choice is drawn. */
function guesser(random: () => number, choices: readonly ListeningChoice[]): Answerer {
  return () => ({ choice: choices[Math.floor(random() * choices.length)] ?? 'A' });
}

/** How many of the listeners, and of the groups of them, come out significant. */
interface Found {
  listeners: number;
  groups: number;
}

const significant = (over: OverListenersResult | null) => over !== null && over.p <= LEVEL;

/** Takes the whole way of a test, from the order of its trials to its results, again and again. */
function guessing(method: 'abx' | 'preference', choices: readonly ListeningChoice[]): Found {
  const random = seeded(method.length);
  const test = madeTest(method);
  const found: Found = { listeners: 0, groups: 0 };
  for (let first = 0; first < LISTENERS; first += GROUP) {
    const sessions = Array.from({ length: GROUP }, (_, at) => madeSession(test, first + at, guesser(random, choices)));
    const { result } = listeningResults(test, sessions, 1);
    if (!('over' in result)) throw new Error('Nobody rated anything.');
    found.listeners += result.listeners.filter(({ p }) => p <= LEVEL).length;
    if (significant(result.over)) found.groups += 1;
  }
  return found;
}

/** Listeners of the tests whose ratings are drawn. */
const RATERS = [2, 3, 4, 5, 6, 7, 8, 10, 12] as const;
const RATING_TESTS = 2000;

/** How many tests with ratings that mean nothing claim a difference, or that one slot is best. In parts of all tests. */
function ratingGuesses(slots: number, texts: number, listeners: number): number {
  const random = seeded(100 * slots + listeners);
  const plain = madeTest('rating');
  const [slot] = plain.slots;
  const [text] = plain.texts;
  if (!slot || !text) throw new Error('The test has a slot and a text.');
  const test = {
    ...plain,
    slots: Array.from({ length: slots }, () => slot),
    texts: Array.from({ length: texts }, () => text),
  };
  const guess: Answerer = ({ places }) => ({
    ratings: Object.fromEntries(places.map(({ stimulus }) => [stimulus, Math.round(random() * 100)])),
  });
  let found = 0;
  for (let one = 0; one < RATING_TESTS; one += 1) {
    const sessions = Array.from({ length: listeners }, (_, at) => madeSession(test, at + 1, guess));
    const results = listeningResults(test, sessions, 1);
    if (!('pairs' in results.result)) throw new Error('These are ratings.');
    const claims = results.result.pairs.some((pair) => isDifferenceShown(pair, LEVEL));
    if (claims || bestShown(results) !== null) found += 1;
  }
  return found;
}

/** The largest of the rates over all numbers of listeners, and of one listener with some texts. */
function ratingFigure(slots: number): Figure {
  const rates = RATERS.map((listeners) => ({
    who: `${listeners} listeners`,
    found: ratingGuesses(slots, 5, listeners),
  }));
  const alone = [2, 6, 10].map((texts) => ({ who: `1 with ${texts} texts`, found: ratingGuesses(slots, texts, 1) }));
  const all = [...rates, ...alone].toSorted((one, other) => other.found - one.found);
  return rate(
    `${RATING_TESTS} tests of ${slots} slots rated at random, found significant: the most of 2 to 12 listeners (${all[0]?.who})`,
    all[0]?.found ?? Number.NaN,
    RATING_TESTS,
  );
}

/** Part of intervals of a mean that hold the true one, in %: of ratings near the top of the scale, where they are uneven. */
function heldFigure(listeners: number): Figure {
  const random = seeded(listeners);
  const about = (spread: number) => (random() + random() + random() - 1.5) * spread;
  const unit = () => Math.min(100, 92 + about(24));
  const SAMPLE = 1_000_000;
  let sum = 0;
  for (let one = 0; one < SAMPLE; one += 1) sum += unit();
  let held = 0;
  for (let test = 0; test < RATING_TESTS; test += 1) {
    const interval = meanInterval(Float64Array.from({ length: listeners }, unit), [0, 100], test);
    if (interval && interval.low <= sum / SAMPLE && interval.high >= sum / SAMPLE) held += 1;
  }
  const percent = (100 * held) / RATING_TESTS;
  return {
    what: `95 % intervals of a mean rating, ${listeners} listeners near the top of the scale: hold the true mean`,
    reach: '93 to 98 %',
    got: Number(percent.toFixed(2)),
    unit: '%',
    ok: percent >= 93 && percent <= 98,
  };
}

/** The tail of the binomial distribution by Pascal’s triangle of chances: the same by another way. */
function tail(row: readonly number[], from: number): number {
  return row
    .slice(from)
    .reverse()
    .reduce((sum, chance) => sum + chance, 0);
}

/** Largest difference from it, of both tests, over all results of 1 to 100 trials. */
function largestError(): number {
  let worst = 0;
  let row = [1];
  for (let trials = 1; trials <= MOST_TRIALS; trials += 1) {
    const before = row;
    row = Array.from({ length: trials + 1 }, (_, hits) => ((before[hits] ?? 0) + (before[hits - 1] ?? 0)) / 2);
    for (let hits = 0; hits <= trials; hits += 1) {
      const either = Math.min(1, 2 * tail(row, Math.max(hits, trials - hits)));
      worst = Math.max(
        worst,
        Math.abs(chanceOfAtLeast(hits, trials) - tail(row, hits)),
        Math.abs(chanceOfAsUneven(hits, trials) - either),
      );
    }
  }
  return worst;
}

function rate(what: string, found: number, of: number): Figure {
  const percent = (100 * found) / of;
  return { what, reach: 'at most 5 %', got: Number(percent.toFixed(2)), unit: '%', ok: percent <= 5 };
}

/** How honest the statistics of blind listening are. */
export function listeningFigures(): Figure[] {
  const abx = guessing('abx', ['A', 'B']);
  const preference = guessing('preference', ['A', 'B', 'none']);
  const groups = LISTENERS / GROUP;
  const error = largestError();
  return [
    {
      what: 'ABX and preference p-values, n = 1 to 100, all k, against an independent computation',
      reach: 'equal to 1e-12',
      got: error,
      unit: '',
      ok: error <= 1e-12,
    },
    rate('10,000 listeners who guess in an ABX of 16 trials, found significant', abx.listeners, LISTENERS),
    rate(
      '10,000 listeners who guess in a preference test of 16 trials, found significant',
      preference.listeners,
      LISTENERS,
    ),
    rate(`tests of ${GROUP} of them, ABX, found significant over listeners`, abx.groups, groups),
    rate(`tests of ${GROUP} of them, preference, found significant over listeners`, preference.groups, groups),
    ratingFigure(2),
    ratingFigure(4),
    ...[6, 8, 12, 20].map(heldFigure),
  ];
}
