import type { ListeningMethod } from '../schemas/listening.ts';
import type { TrialSeeds } from '../schemas/listening-key.ts';
import { abxTrials, preferenceTrials, ratingPages, type Side } from './trials.ts';

/** What is heard where. `what` is the index of a slot, or {@link referenceOf} or {@link anchorOf} so many slots. */
export interface PlannedPlace {
  /** `A`, `B`, `X`, `R` or a number from 1. */
  place: string;
  what: number;
  rated: boolean;
}

/** A trial before anything of it has been heard. */
export interface PlannedTrial {
  /** Index of the text. */
  text: number;
  places: PlannedPlace[];
}

/** What the approved recording is called among the slots: one more than the last of them. */
export const referenceOf = (slots: number) => slots;
/** What its low-passed copy is called. */
export const anchorOf = (slots: number) => slots + 1;

const SIDES: Record<Side, number> = { a: 0, b: 1 };
const unrated = (place: string, what: number): PlannedPlace => ({ place, what, rated: false });

function pair(first: Side): PlannedPlace[] {
  const a = SIDES[first];
  return [unrated('A', a), unrated('B', 1 - a)];
}

const rated = (order: readonly number[]): PlannedPlace[] =>
  order.map((what, at) => ({ place: String(at + 1), what, rated: true }));

/** All trials of one listener, in their order: the same for the same seeds. */
export function plannedTrials(
  test: { method: ListeningMethod; slots: number; texts: number; trials: number; rounds: number },
  seeds: TrialSeeds,
): PlannedTrial[] {
  const { method, slots, texts, trials, rounds } = test;
  switch (method) {
    case 'abx':
      return abxTrials(texts, trials, seeds).map(({ text, first, x }) => ({
        text,
        places: [...pair(first), unrated('X', SIDES[x])],
      }));
    case 'preference':
      return preferenceTrials(texts, rounds, seeds).map(({ text, first }) => ({ text, places: pair(first) }));
    case 'rating':
      return ratingPages(texts, slots, seeds).map(({ text, order }) => ({ text, places: rated(order) }));
    case 'mushra':
      // The slots, the hidden reference and the anchor are rated; the open reference stands beside them.
      return ratingPages(texts, slots + 2, seeds).map(({ text, order }) => ({
        text,
        places: [unrated('R', referenceOf(slots)), ...rated(order)],
      }));
  }
}
