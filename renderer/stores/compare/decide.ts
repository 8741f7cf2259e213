import type { Comparison, Decision } from '../../../shared/schemas/comparison.ts';
import { takeIdOf } from './cell.ts';
import { fileDecision, removeDecision, useComparisons } from './comparisons.ts';

/**
 * Files what somebody decided, with the slots as they are now.
 *
 * @param textId which text it is about; null for all of them
 * @param winner the slot that is best; null where none is
 * @returns takes it back
 */
export function decide(textId: string | null, winner: string | null, note = ''): () => void {
  const { current } = useComparisons.getState();
  if (current === null) return () => undefined;
  const heardText = textId ?? current.texts[0]?.id ?? '';
  const slots = current.slots.map((slot) => ({
    ...slot,
    takeId: takeIdOf(current, { slotId: slot.id, textId: heardText }),
  }));
  const decision: Decision = { id: crypto.randomUUID(), at: Date.now(), textId, winner, note, slots };
  fileDecision(decision);
  return () => removeDecision(current.id, decision.id);
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
