import type { Decision } from '../../../shared/schemas/comparison.ts';
import type { ListeningResults, RatingResult } from '../../../shared/schemas/listening-results.ts';
import { changeComparison, openComparison, useComparisons } from '../compare/comparisons.ts';

/** The slot that was rated higher than every other one, so that no interval of a difference reaches 0. */
function bestRated({ rated, pairs }: RatingResult): number | null {
  const slots = rated.flatMap(({ kind }, index) => (kind === 'slot' ? [index] : []));
  const beats = (one: number, other: number) =>
    pairs.some(
      ({ first, second, interval }) =>
        interval !== null &&
        ((first === one && second === other && interval.low > 0) ||
          (first === other && second === one && interval.high < 0)),
    );
  return slots.find((one) => slots.every((other) => other === one || beats(one, other))) ?? null;
}

/** Index of the slot that a test has shown to be best; null where it has shown none. ABX asks for no best one. */
export function bestShown({ result, level }: Pick<ListeningResults, 'result' | 'level'>): number | null {
  if (result.method === 'abx') return null;
  if (result.method !== 'preference') return bestRated(result);
  const { listeners, counts, over } = result;
  const [only] = listeners;
  const p = listeners.length === 1 ? (only?.p ?? 1) : (over?.p ?? 1);
  if (p > level || counts.first === counts.second) return null;
  return counts.first > counts.second ? 0 : 1;
}

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
  const { current } = useComparisons.getState();
  if (current?.id !== comparisonId) return () => undefined;
  changeComparison({ decisions: [...current.decisions, decision] });
  return () => {
    const now = useComparisons.getState().current;
    if (now?.id !== comparisonId) return;
    changeComparison({ decisions: now.decisions.filter(({ id }) => id !== decision.id) });
  };
}
