import { seeded, shuffled } from '../seeded.ts';

/** Which of two a place has. */
export type Side = 'a' | 'b';

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);
const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');

/** One trial of ABX: which of the two X is. */
export interface AbxTrial {
  x: Side;
}

/**
 * The trials of an ABX test. Each X is drawn for itself: were there as many of one as of the other for certain, a listener
 * who answers each as often would come out significant by guessing more often than the test says (with 16 trials 6.6 %
 * instead of 3.8 %), and one who counts would know the last ones.
 */
export function abxTrials(count: number, seed: number): AbxTrial[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => ({ x: random() < 0.5 ? 'a' : 'b' }));
}

/** One trial of a preference test: a text, and which of the two is heard under the first name. */
export interface PreferenceTrial {
  /** Index of the text. */
  text: number;
  first: Side;
}

/**
 * The trials of a preference test: each text as often as the others, in random order, and each of the two under the first
 * name as often as under the second, so that a liking for the first does not count.
 */
export function preferenceTrials(texts: number, rounds: number, seed: number): PreferenceTrial[] {
  const random = seeded(seed);
  const start: Side = random() < 0.5 ? 'a' : 'b';
  const pairs = Array.from({ length: rounds }, (_, round) =>
    shuffled(upTo(texts), random).map((text) => ({ text, first: (text + round) % 2 === 0 ? start : other(start) })),
  );
  return pairs.flat();
}

/** One page of a rating test: a text, and the slots in the order in which they stand there. */
export interface RatingPage {
  /** Index of the text. */
  text: number;
  /** Indices of slots. */
  order: number[];
}

/** The pages of a rating test: the texts, and on each page the slots, in random order. */
export function ratingPages(texts: number, slots: number, seed: number): RatingPage[] {
  const random = seeded(seed);
  return shuffled(upTo(texts), random).map((text) => ({ text, order: shuffled(upTo(slots), random) }));
}
