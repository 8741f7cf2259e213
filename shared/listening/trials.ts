import type { TrialSeeds } from '../schemas/listening-key.ts';
import { seeded, shuffled } from '../seeded.ts';

/** Which of two a place has. */
export type Side = 'a' | 'b';

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);
const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');
const side = (random: () => number): Side => (random() < 0.5 ? 'a' : 'b');

/** So many indices of texts: each text as often as the others, or once more, in random order. */
function textsInTurn(texts: number, count: number, random: () => number): number[] {
  const rounds = Array.from({ length: Math.ceil(count / texts) }, () => shuffled(upTo(texts), random));
  return rounds.flat().slice(0, count);
}

/** One trial of ABX: a text, which of the two is heard as A, and which X is. */
export interface AbxTrial {
  /** Index of the text. */
  text: number;
  /** The same in all trials of a session, so that a listener can learn what A sounds like. */
  first: Side;
  x: Side;
}

/**
 * The trials of an ABX test. Each X is drawn for itself: were there as many of one as of the other for certain, a listener
 * who answers each as often would come out significant by guessing more often than the test says (with 16 trials 6.6 %
 * instead of 3.8 %), and one who counts would know the last ones.
 */
export function abxTrials(texts: number, count: number, seeds: TrialSeeds): AbxTrial[] {
  const random = seeded(seeds.places);
  const first = side(random);
  return textsInTurn(texts, count, seeded(seeds.texts)).map((text) => ({ text, first, x: side(random) }));
}

/** One trial of a preference test: a text, and which of the two is heard under the first name. */
export interface PreferenceTrial {
  /** Index of the text. */
  text: number;
  first: Side;
}

/**
 * The trials of a preference test: each text as often as the others, in random order, and each of the two under the first
 * name as often as under the second, so that a liking for the first does not count. Of an odd number of rounds the last
 * one is shared out among the texts.
 */
export function preferenceTrials(texts: number, rounds: number, seeds: TrialSeeds): PreferenceTrial[] {
  const random = seeded(seeds.places);
  const start = side(random);
  const odd = shuffled(upTo(texts), random);
  const left = upTo(texts).map((text) => {
    const last = (odd[text] ?? 0) % 2 === 0 ? start : other(start);
    const pairs = upTo(rounds).map((round) => (round % 2 === 0 ? last : other(last)));
    return shuffled(pairs, random);
  });
  return textsInTurn(texts, texts * rounds, seeded(seeds.texts)).map((text) => ({
    text,
    first: left[text]?.pop() ?? start,
  }));
}

/** One page of a rating test: a text, and the slots in the order in which they stand there. */
export interface RatingPage {
  /** Index of the text. */
  text: number;
  /** Indices of slots. */
  order: number[];
}

/** The pages of a rating test: the texts, and on each page the slots, in random order. */
export function ratingPages(texts: number, slots: number, seeds: TrialSeeds): RatingPage[] {
  const random = seeded(seeds.places);
  return textsInTurn(texts, texts, seeded(seeds.texts)).map((text) => ({ text, order: shuffled(upTo(slots), random) }));
}
