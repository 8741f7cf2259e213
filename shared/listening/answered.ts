import type { ListeningAnswer } from '../schemas/listening.ts';
import type { AnswerRecord } from '../schemas/listening-key.ts';

/** An answer, and what stood behind it. */
export interface AnsweredTrial {
  answer: ListeningAnswer;
  record: AnswerRecord;
}

/** Index of the slot (or reference, or anchor) at a place; null where there is none. */
export const slotAt = ({ record }: AnsweredTrial, name: string) =>
  record.places.find(({ place }) => place === name)?.what ?? null;

/** Whether the listener found X; null where this is no ABX. */
export function isHit(trial: AnsweredTrial): boolean | null {
  const x = slotAt(trial, 'X');
  const { choice } = trial.answer;
  return x === null || choice === undefined ? null : slotAt(trial, choice) === x;
}

/** Index of the slot that was preferred; null where neither was. */
export function preferredSlot(trial: AnsweredTrial): number | null {
  const { choice } = trial.answer;
  return choice === undefined || choice === 'none' ? null : slotAt(trial, choice);
}

/** Every rating, by the index of the slot (or reference, or anchor) it was given to. */
export function ratedSlots({ answer, record }: AnsweredTrial): { what: number; value: number }[] {
  return record.places.flatMap(({ stimulus, what, rated }) => {
    const value = answer.ratings?.[stimulus];
    return rated && what !== null && value !== undefined ? [{ what, value }] : [];
  });
}
