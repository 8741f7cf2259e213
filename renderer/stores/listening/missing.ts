import {
  type Heard,
  LEAST_HEARD,
  type ListeningChoice,
  type ListeningTrial,
  type TrialPlace,
} from '../../../shared/schemas/listening.ts';

/** What a listener has done in a trial so far. */
export interface TrialSoFar {
  choice: ListeningChoice | null;
  ratings: Readonly<Record<string, number>>;
  heard: Readonly<Record<string, Heard>>;
}

/** Whether a stimulus was heard for long enough to be judged. */
export function heardEnough(heard: TrialSoFar['heard'], stimulus: string): boolean {
  return (heard[stimulus]?.seconds ?? 0) >= LEAST_HEARD;
}

function listed(places: readonly TrialPlace[]): string {
  const names = places.map(({ place }) => place);
  const last = names.pop();
  return names.length > 0 ? `${names.join(', ')} and ${last}` : `${last}`;
}

/** Stimuli of a trial that were not heard for long enough. */
export function unheard({ places }: ListeningTrial, heard: TrialSoFar['heard']): TrialPlace[] {
  return places.filter(({ stimulus }) => !heardEnough(heard, stimulus));
}

/** Why a trial cannot be answered yet, in words for the listener; null where it can. */
export function missingFor(trial: ListeningTrial, { choice, ratings, heard }: TrialSoFar): string | null {
  const silent = unheard(trial, heard);
  if (silent.length > 0) return `Listen to ${listed(silent)} first, for at least a second.`;
  const open = trial.places.filter(({ rated, stimulus }) => rated && ratings[stimulus] === undefined);
  if (open.length > 0) return `Not rated yet: ${listed(open)}.`;
  const chooses = trial.method === 'abx' || trial.method === 'preference';
  return chooses && choice === null ? 'Choose one.' : null;
}
