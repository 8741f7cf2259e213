import { chanceOfAsUneven, chanceOfAtLeast } from '../shared/listening/binomial.ts';
import { LEVEL } from '../shared/listening/choice-results.ts';
import { listeningResults } from '../shared/listening/results.ts';
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
  ];
}
