import { type TrialCounts, trialsEach } from '../schemas/listening.ts';
import type { Power } from '../schemas/listening-results.ts';
import { hitsNeeded, hitsNeededEitherWay } from './binomial.ts';
import { abxPower, LEVEL, leastListeners, preferencePower } from './choice-results.ts';
import { LEAST_UNITS } from './mean-interval.ts';
import type { UnitKind } from './rating-units.ts';
import { pairsOf } from './ratings.ts';

/** By how much ratings of one slot scatter between listeners, in points: what an interval is foretold with. */
const RATING_SCATTER = 20;
/** 97.5 % quantile of the normal distribution. */
const TWO_SIDED = 1.96;
/** Half widths of intervals, in points, for which the listeners are counted. */
const WIDTHS = [10, 5] as const;

/** What the plan of a test depends on. */
export interface PlannedCounts extends TrialCounts {
  /** How many slots are compared. */
  slots: number;
}

/** What a test can show, told before its start. */
export interface ListeningPlan {
  /** Trials of each listener. */
  trials: number;
  /** Right answers, or preferences for one of two, from which on a listener’s result is significant; null where none is. */
  needed: number | null;
  /** How often a listener would be found who hears or prefers so clearly; empty for ratings. */
  power: Power[];
  /** Fewest listeners (texts, where ratings are of one listener) with which a test over them can be significant. */
  leastListeners: number;
  /** Half the width of the interval of a mean rating to be expected, in points; null for choices. */
  halfWidth: number | null;
  /** Listeners (or texts, where there is one listener) that half a width of so many points needs. */
  widths: { points: number; needed: number }[];
  /** Why no result could be significant, or what is missing; null where all is well. */
  warning: string | null;
}

const halfWidth = (units: number) => (TWO_SIDED * RATING_SCATTER) / Math.sqrt(units);

/** Why ratings by so few could show nothing. @param least units for a claim about any two of so many pairs */
function ratingWarning(units: number, of: UnitKind, least: number, pairs: number): string | null {
  if (units >= least) return null;
  const who = of === 'texts' ? `One listener with ${units} ${units === 1 ? 'text' : 'texts'}` : `${units} listeners`;
  const more = of === 'texts' ? `${least} texts, or ${least} listeners` : `${least} listeners`;
  const shown = `no difference${pairs > 1 ? ` between any of ${pairs} pairs` : ''}`;
  const interval = units < LEAST_UNITS ? `, nor give an interval (that needs ${LEAST_UNITS})` : '';
  return `${who} can show ${shown}${interval}: have at least ${more}.`;
}

function ratingPlan({ method, texts, slots }: PlannedCounts, listeners: number): ListeningPlan {
  const of = listeners > 1 ? 'listeners' : 'texts';
  const units = of === 'listeners' ? listeners : texts;
  const pairs = pairsOf(method === 'mushra' ? slots + 1 : slots);
  const least = leastListeners(2, pairs);
  const widths = WIDTHS.map((points) => ({ points, needed: Math.ceil(((TWO_SIDED * RATING_SCATTER) / points) ** 2) }));
  return {
    trials: texts,
    needed: null,
    power: [],
    leastListeners: least,
    halfWidth: units < LEAST_UNITS ? null : halfWidth(units),
    widths,
    warning: ratingWarning(units, of, least, pairs),
  };
}

function choiceWarning(needed: number | null, listeners: number, least: number): string | null {
  if (needed === null) return 'With so few trials no result could be significant, not even if all answers were alike.';
  if (listeners > 1 && listeners < least) {
    return `Each listener is tested for himself. A test over all of them needs at least ${least} listeners.`;
  }
  return null;
}

/**
 * What a test can show with so many trials and listeners: exact for choices. For ratings it is an estimate, as if those of
 * one slot scattered by 20 points between listeners.
 *
 * @param counts slots, texts, and trials or rounds of each listener
 * @param listeners how many are planned
 */
export function planOf(counts: PlannedCounts, listeners: number): ListeningPlan {
  if (counts.method === 'rating' || counts.method === 'mushra') return ratingPlan(counts, listeners);
  const trials = trialsEach(counts);
  const abx = counts.method === 'abx';
  const needed = abx ? hitsNeeded(trials, LEVEL) : hitsNeededEitherWay(trials, LEVEL);
  const least = leastListeners(abx ? 1 : 2);
  return {
    trials,
    needed,
    power: abx ? abxPower(trials) : preferencePower(trials),
    leastListeners: least,
    halfWidth: null,
    widths: [],
    warning: choiceWarning(needed, listeners, least),
  };
}
