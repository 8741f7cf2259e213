import { leastListeners } from './choice-results.ts';
import { holm } from './holm.ts';
import { type Interval, meanInterval, meanOf } from './mean-interval.ts';
import { testOverListeners } from './over-listeners.ts';
import { type Rating, ratingUnits, type UnitKind } from './rating-units.ts';

/** What a mean rating, and a mean difference of two, can be. */
const RATED = [0, 100] as const;
const APART = [-100, 100] as const;
/** ITU-R BS.1534-3, 4.1.2: a listener who rates the hidden reference below this in more than that part of the pages. */
const REFERENCE_LEAST = 90;
const REFERENCE_MISSED = 0.15;

/** What the ratings of a slot come to. */
export interface SlotRating {
  slot: number;
  /** Each unit counts alike; NaN where there is none. */
  mean: number;
  interval: Interval;
  /** Ratings behind it. */
  count: number;
}

/** How much higher one slot was rated than another. */
export interface PairDifference {
  first: number;
  second: number;
  /** Mean of the differences within each listener and text. */
  difference: number;
  interval: Interval;
  /** Exact two-sided sign-flip test over the units, corrected for the number of pairs. */
  p: number;
}

/** What is known of the differences between ratings. */
export interface PairDifferences {
  pairs: PairDifference[];
  units: {
    of: UnitKind;
    /** How many there are. */
    count: number;
    /** Fewest with which a difference between any two of so many could be significant. */
    least: number;
  };
}

/**
 * Mean rating of each slot with its interval. Drawn anew are listeners, each with all that he rated, as one listener’s
 * ratings hang together; where there is only one, his texts. See {@link meanInterval}.
 *
 * @param seed of the drawing: the same answers give the same interval
 */
export function slotRatings(ratings: readonly Rating[], slots: number, seed: number): SlotRating[] {
  const units = ratingUnits(ratings);
  return Array.from({ length: slots }, (_, slot) => {
    const { means, count } = units.slot(slot);
    return { slot, mean: meanOf(means), interval: meanInterval(means, RATED, seed), count };
  });
}

/** Pairs that so many things make. */
export const pairsOf = (things: number) => (things * (things - 1)) / 2;

/**
 * How much higher one slot was rated than another, for each pair of those given: by the same listener, for the same text,
 * so that strict and mild listeners count alike. It says more than where the slots stand beside each other: two whose own
 * intervals overlap may well differ. Whether they do is said by a test over the units, not by the interval: of few units
 * none is known well enough for that.
 */
export function pairDifferences(ratings: readonly Rating[], slots: readonly number[], seed: number): PairDifferences {
  const units = ratingUnits(ratings);
  const found = slots.flatMap((first, at) =>
    slots.slice(at + 1).flatMap((second) => {
      const { means } = units.pair(first, second);
      return means.length > 0 ? [{ first, second, means }] : [];
    }),
  );
  const corrected = holm(found.map(({ means }) => testOverListeners([...means], 2, seed).p));
  return {
    pairs: found.map(({ first, second, means }, at) => ({
      first,
      second,
      difference: meanOf(means),
      interval: meanInterval(means, APART, seed),
      p: corrected[at] ?? 1,
    })),
    units: {
      of: units.of,
      count: found.reduce((most, { means }) => Math.max(most, means.length), 0),
      least: leastListeners(2, pairsOf(slots.length)),
    },
  };
}

/**
 * Listeners whose ratings are left out because they did not know the hidden reference again (ITU-R BS.1534-3, 4.1.2).
 *
 * @param reference index of the slot that is the hidden reference
 */
export function unreliableListeners(ratings: readonly Rating[], reference: number): string[] {
  const own = ratings.filter(({ slot }) => slot === reference);
  return [...Map.groupBy(own, ({ listener }) => listener)]
    .filter(
      ([, rated]) => rated.filter(({ value }) => value < REFERENCE_LEAST).length / rated.length > REFERENCE_MISSED,
    )
    .map(([listener]) => listener);
}
