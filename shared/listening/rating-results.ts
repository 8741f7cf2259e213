import type { RatingResult } from '../schemas/listening-results.ts';
import { ratedSlots } from './answered.ts';
import { DRAWING_SEED, type ListenerTrials } from './choice-results.ts';
import { anchorOf, referenceOf } from './planned-trials.ts';
import type { Rating } from './rating-units.ts';
import { pairDifferences, slotRatings, unreliableListeners } from './ratings.ts';

const ratingsOf = (listeners: readonly ListenerTrials[]): Rating[] =>
  listeners.flatMap(({ session, trials }) =>
    trials.flatMap((trial) =>
      ratedSlots(trial).map(({ what, value }) => ({ listener: session, text: trial.record.text, slot: what, value })),
    ),
  );

/** Sessions whose listener did not know the hidden reference again. */
export function unreliableSessions(listeners: readonly ListenerTrials[], slots: number): string[] {
  return unreliableListeners(ratingsOf(listeners), referenceOf(slots));
}

function meansOf(ratings: readonly Rating[], slot: number): { session: string; mean: number }[] {
  const own = Map.groupBy(
    ratings.filter((rating) => rating.slot === slot),
    ({ listener }) => listener,
  );
  return [...own].map(([session, rated]) => ({
    session,
    mean: rated.reduce((sum, { value }) => sum + value, 0) / rated.length,
  }));
}

/**
 * Ratings with their intervals, and the differences between every two of the slots and the reference.
 *
 * @param listeners those who count
 * @param left those who are left out; they are only shown
 */
export function ratingResult(
  method: RatingResult['method'],
  listeners: readonly ListenerTrials[],
  left: readonly ListenerTrials[],
  slots: number,
): RatingResult {
  const ratings = ratingsOf(listeners);
  const all = ratingsOf([...listeners, ...left]);
  const kind = (what: number) =>
    what === referenceOf(slots) ? 'reference' : what === anchorOf(slots) ? 'anchor' : 'slot';
  const count = method === 'mushra' ? slots + 2 : slots;
  const compared = Array.from({ length: method === 'mushra' ? slots + 1 : slots }, (_, what) => what);
  return {
    method,
    rated: slotRatings(ratings, count, DRAWING_SEED).map(({ slot, mean, interval, count: rated }) => ({
      kind: kind(slot),
      mean: rated > 0 ? mean : null,
      interval,
      count: rated,
      listeners: meansOf(all, slot),
    })),
    ...pairDifferences(ratings, compared, DRAWING_SEED),
  };
}
