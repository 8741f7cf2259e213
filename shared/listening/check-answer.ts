import {
  type Heard,
  LEAST_HEARD,
  type ListeningAnswer,
  type ListeningMethod,
  type TrialPlace,
} from '../schemas/listening.ts';

/** Why an answer does not count: what is wrong, and in which field. */
export interface Objection {
  message: string;
  param: 'choice' | 'ratings' | 'heard';
}

const only = (record: Readonly<Record<string, unknown>>, places: readonly TrialPlace[]) =>
  Object.keys(record).every((id) => places.some(({ stimulus }) => stimulus === id));

function checkHeard(heard: Readonly<Record<string, Heard>>, places: readonly TrialPlace[]): Objection | null {
  if (!only(heard, places)) return { message: 'Something was heard that is not of this trial.', param: 'heard' };
  const missing = places.filter(({ stimulus }) => !((heard[stimulus]?.seconds ?? 0) >= LEAST_HEARD));
  if (missing.length === 0) return null;
  const names = missing.map(({ place }) => place).join(', ');
  return { message: `Not everything was heard yet: ${names}. Each counts from ${LEAST_HEARD} s on.`, param: 'heard' };
}

function checkRatings(ratings: Readonly<Record<string, number>> | undefined, places: readonly TrialPlace[]): boolean {
  const rated = places.filter((place) => place.rated);
  if (!ratings) return false;
  return only(ratings, rated) && rated.every(({ stimulus }) => ratings[stimulus] !== undefined);
}

/**
 * Whether an answer is one of this trial, and given after everything in it was heard. Ties between ratings are none of
 * its business.
 *
 * @returns null where it counts
 */
export function objectionTo(
  answer: ListeningAnswer,
  method: ListeningMethod,
  places: readonly TrialPlace[],
): Objection | null {
  const { choice, ratings, heard } = answer;
  if (method === 'rating' || method === 'mushra') {
    if (choice !== undefined) return { message: 'This trial is rated, there is nothing to choose.', param: 'choice' };
    if (!checkRatings(ratings, places)) {
      return { message: 'There must be a rating for each that is to be rated, and for no other.', param: 'ratings' };
    }
  } else {
    if (ratings !== undefined) return { message: 'This trial is a choice, nothing is rated.', param: 'ratings' };
    if (choice === undefined || (method === 'abx' && choice === 'none')) {
      return { message: 'There must be a choice.', param: 'choice' };
    }
  }
  return checkHeard(heard, places);
}
