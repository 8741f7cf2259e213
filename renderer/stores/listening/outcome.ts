import type { Decision } from '../../../shared/schemas/comparison.ts';
import type { ListeningResults } from '../../../shared/schemas/listening-results.ts';
import {
  fileDecision as keepDecision,
  openComparison,
  removeDecision,
  useComparisons,
} from '../compare/comparisons.ts';

export { bestShown } from '../../../shared/listening/shown.ts';

/** What is filed of a test: which slot is best, with the slots and takes that were heard. @param winner index of the slot */
export function decisionOf(results: ListeningResults, winner: number | null, note: string): Decision {
  const [text] = results.texts;
  return {
    id: crypto.randomUUID(),
    at: Date.now(),
    textId: null,
    winner: winner === null ? null : (results.slots[winner]?.id ?? null),
    note,
    slots: results.slots.map((slot, index) => ({ ...slot, takeId: text?.takes[index] ?? null })),
  };
}

/**
 * Files what a test came to in the comparison it was made from.
 * @returns takes it back
 * @throws FaultError where that is not there any more
 */
export async function fileDecision(comparisonId: string, decision: Decision): Promise<() => void> {
  if (useComparisons.getState().current?.id !== comparisonId) await openComparison(comparisonId);
  if (useComparisons.getState().current?.id !== comparisonId) return () => undefined;
  keepDecision(decision);
  return () => removeDecision(comparisonId, decision.id);
}
