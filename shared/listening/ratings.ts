import { seeded } from '../seeded.ts';

/** How often the answers are drawn anew for an interval. */
const RESAMPLES = 2000;
/** Part of the means that lies within the interval. */
const COVERED = 0.95;
/** ITU-R BS.1534-3, 4.1.2: a listener who rates the hidden reference below this in more than that part of the pages. */
const REFERENCE_LEAST = 90;
const REFERENCE_MISSED = 0.15;

/** One rating: 0-100. */
export interface Rating {
  listener: string;
  /** Index of the text. */
  text: number;
  /** Index of the slot. */
  slot: number;
  value: number;
}

/** 95 % of the means of answers drawn anew lie between the two; null where there is too little to draw from. */
export type Interval = { low: number; high: number } | null;

/** What the ratings of a slot come to. */
export interface SlotRating {
  slot: number;
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
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Mean rating of each slot with its interval by the percentile bootstrap (B. Efron, 1979). Drawn anew are listeners, each
 * with all that he rated, as one listener's ratings hang together; where there is only one, his texts.
 *
 * @param seed of the drawing: the same answers give the same interval
 */
export function slotRatings(ratings: readonly Rating[], slots: number, seed: number): SlotRating[] {
  return Array.from({ length: slots }, (_, slot) => {
    const own = ratings.filter((rating) => rating.slot === slot);
    return { slot, mean: mean(own.map(({ value }) => value)), interval: interval(own, seed), count: own.length };
  });
}

/**
 * How much higher one slot was rated than another, for each pair of those given: by the same listener, for the same text,
 * so that strict and mild listeners count alike. The interval is drawn as for {@link slotRatings}. It says more than where
 * the slots stand beside each other: two whose own intervals overlap may well differ.
 */
export function pairDifferences(ratings: readonly Rating[], slots: readonly number[], seed: number): PairDifference[] {
  const pairs = slots.flatMap((first, at) => slots.slice(at + 1).map((second) => ({ first, second })));
  return pairs.flatMap(({ first, second }) => {
    const other = new Map(
      ratings
        .filter(({ slot }) => slot === second)
        .map(({ listener, text, value }) => [JSON.stringify([listener, text]), value]),
    );
    const differences = ratings.flatMap((rating) => {
      const value = other.get(JSON.stringify([rating.listener, rating.text]));
      return rating.slot === first && value !== undefined ? [{ ...rating, value: rating.value - value }] : [];
    });
    if (differences.length === 0) return [];
    const difference = mean(differences.map(({ value }) => value));
    return [{ first, second, difference, interval: interval(differences, seed) }];
  });
}

function interval(ratings: readonly Rating[], seed: number): Interval {
  const listeners = groupsBy(ratings, ({ listener }) => listener);
  const units = listeners.length > 1 ? listeners : groupsBy(ratings, ({ text }) => String(text));
  if (units.length < 2) return null;
  const random = seeded(seed);
  const draw = () => units[Math.floor(random() * units.length)] ?? [];
  const means = Float64Array.from({ length: RESAMPLES }, () => mean(units.flatMap(draw))).sort();
  const at = (part: number) => means[Math.round(part * (RESAMPLES - 1))] ?? Number.NaN;
  return { low: at((1 - COVERED) / 2), high: at((1 + COVERED) / 2) };
}

/** Ratings that hang together. */
function groupsBy(ratings: readonly Rating[], of: (rating: Rating) => string): number[][] {
  return [...Map.groupBy(ratings, of).values()].map((group) => group.map(({ value }) => value));
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
