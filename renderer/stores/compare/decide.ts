import type { Comparison, Decision } from '../../../shared/schemas/comparison.ts';
import { takeIdOf } from './cell.ts';
import { fileDecision, removeDecision, useComparisons } from './comparisons.ts';

/** Milliseconds in which another choice takes the place of the one before. */
const SECOND_THOUGHTS_MS = 60_000;

/**
 * Files what somebody decided, with the slots as they are now.
 *
 * @param textId which text it is about; null for all of them
 * @param winner the slot that is best; null where none is
 * @returns takes it back
 */
export function decide(textId: string | null, winner: string | null, said?: string): () => void {
  const { current } = useComparisons.getState();
  if (current === null) return () => undefined;
  const last = current.decisions.findLast((one) => one.textId === textId);
  // Who changes his mind at once has not decided twice.
  const id = last && Date.now() - last.at < SECOND_THOUGHTS_MS ? last.id : crypto.randomUUID();
  const note = said ?? (last?.winner === winner || last?.id === id ? last.note : '');
  const heardText = textId ?? current.texts[0]?.id ?? '';
  const slots = current.slots.map((slot) => ({
    ...slot,
    takeId: takeIdOf(current, { slotId: slot.id, textId: heardText }),
  }));
  const decision: Decision = { id, at: Date.now(), textId, winner, note, slots };
  fileDecision(decision);
  return () => (last?.id === id ? fileDecision(last) : removeDecision(current.id, decision.id));
}

/** Adds what somebody has to say to a decision. */
export function noteDecision(id: string, note: string): void {
  const decision = useComparisons.getState().current?.decisions.find((one) => one.id === id);
  if (decision) fileDecision({ ...decision, note });
}

/** The last decision about a text, or about all of them. */
export function decisionFor(comparison: Comparison, textId: string): Decision | null {
  return comparison.decisions.findLast((one) => one.textId === textId || one.textId === null) ?? null;
}
