import type { AbxResult, Counts, OverListenersResult, Power, PreferenceResult } from '../schemas/listening-results.ts';
import { type AnsweredTrial, isHit, preferredSlot, slotAt } from './answered.ts';
import {
  chanceOfAsUneven,
  chanceOfAtLeast,
  hitsNeeded,
  hitsNeededEitherWay,
  power,
  powerEitherWay,
} from './binomial.ts';
import { testOverListeners } from './over-listeners.ts';

/** Level of significance. */
export const LEVEL = 0.05;
/** Rates for which the power is told. */
export const POWER_RATES = [0.7, 0.8] as const;
/** Of what is drawn at random for a result: the same answers give the same one. */
export const DRAWING_SEED = 1;

/** What one listener answered, in the order of the trials. */
export interface ListenerTrials {
  session: string;
  trials: readonly AnsweredTrial[];
}

/**
 * Fewest listeners with which the test over listeners can come out at the level: all have to lie on one side.
 *
 * @param tests how many the level is shared by
 */
export function leastListeners(sides: 1 | 2, tests = 1): number {
  return Math.ceil(Math.log2((sides * Math.max(1, tests)) / LEVEL));
}

const powers = (trials: number, of: typeof power): Power[] =>
  POWER_RATES.map((rate) => ({ rate, power: of(trials, rate, LEVEL) }));

/** What so many trials of an ABX could show. */
export const abxPower = (trials: number) => powers(trials, power);
/** What so many preferences could show. */
export const preferencePower = (trials: number) => powers(trials, powerEitherWay);

function over(values: readonly number[], sides: 1 | 2): OverListenersResult | null {
  if (values.length === 0) return null;
  return { listeners: values.length, ...testOverListeners(values, sides, DRAWING_SEED), least: leastListeners(sides) };
}

/** An ABX: each listener for himself, and all of them as the independent units they are. */
export function abxResult(listeners: readonly ListenerTrials[]): AbxResult {
  const each = listeners.map(({ session, trials }) => {
    const hits = trials.filter((trial) => isHit(trial) === true).length;
    const count = trials.length;
    const p = chanceOfAtLeast(hits, count);
    return { session, hits, trials: count, p, needed: hitsNeeded(count, LEVEL), power: abxPower(count) };
  });
  const values = each.filter(({ trials }) => trials > 0).map(({ hits, trials }) => hits / trials - 0.5);
  return { method: 'abx', listeners: each, over: over(values, 1) };
}

function counted(
  trials: readonly AnsweredTrial[],
  of: (trial: AnsweredTrial) => number | null = preferredSlot,
): Counts {
  const counts: Counts = { first: 0, second: 0, none: 0 };
  for (const trial of trials) {
    const chosen = of(trial);
    counts[chosen === null ? 'none' : chosen === 0 ? 'first' : 'second'] += 1;
  }
  return counts;
}

/** Which place was chosen: 0 for the first, 1 for the second. */
function chosenPlace({ answer: { choice } }: AnsweredTrial): number | null {
  return choice === 'A' ? 0 : choice === 'B' ? 1 : null;
}

/** How often each slot stood first. */
function stoodFirst(trials: readonly AnsweredTrial[]) {
  const first = trials.filter((trial) => slotAt(trial, 'A') === 0).length;
  return { first, second: trials.length - first };
}

const evenness = ({ first, second }: Counts) => chanceOfAsUneven(first, first + second);

/** A preference test: “no difference” is counted, and left out of every test. */
export function preferenceResult(listeners: readonly ListenerTrials[], texts: number): PreferenceResult {
  const all = listeners.flatMap(({ trials }) => trials);
  const each = listeners.map(({ session, trials }) => {
    const counts = counted(trials);
    const decided = counts.first + counts.second;
    const needed = hitsNeededEitherWay(decided, LEVEL);
    return { session, counts, p: evenness(counts), needed, power: preferencePower(decided) };
  });
  const values = each.map(({ counts: { first, second } }) => (first + second > 0 ? first / (first + second) - 0.5 : 0));
  const places = counted(all, chosenPlace);
  return {
    method: 'preference',
    listeners: each,
    counts: counted(all),
    texts: Array.from({ length: texts }, (_, text) => counted(all.filter(({ record }) => record.text === text))),
    places: { ...places, p: evenness(places), stoodFirst: stoodFirst(all) },
    over: over(values, 2),
  };
}
