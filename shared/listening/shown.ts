import type { ListeningResults, RatingResult } from '../schemas/listening-results.ts';

type Pair = RatingResult['pairs'][number];

/**
 * Whether a difference between two ratings was shown: its test over listeners (or texts) says so at the level, and its
 * interval does not say otherwise.
 */
export function isDifferenceShown({ p, interval }: Pair, level: number): boolean {
  return p <= level && interval !== null && (interval.low > 0 || interval.high < 0);
}

/** The slot that was shown to be rated higher than every other one. */
function bestRated({ rated, pairs }: RatingResult, level: number): number | null {
  const slots = rated.flatMap(({ kind }, index) => (kind === 'slot' ? [index] : []));
  const beats = (one: number, other: number) =>
    pairs.some((pair) => {
      const [higher, lower] = pair.difference > 0 ? [pair.first, pair.second] : [pair.second, pair.first];
      return higher === one && lower === other && isDifferenceShown(pair, level);
    });
  if (slots.length < 2) return null;
  return slots.find((one) => slots.every((other) => other === one || beats(one, other))) ?? null;
}

/** Index of the slot that a test has shown to be best; null where it has shown none. ABX asks for no best one. */
export function bestShown({ result, level }: Pick<ListeningResults, 'result' | 'level'>): number | null {
  if (result.method === 'abx') return null;
  if (result.method !== 'preference') return bestRated(result, level);
  const { listeners, counts, over } = result;
  const [only] = listeners;
  const p = listeners.length === 1 ? (only?.p ?? 1) : (over?.p ?? 1);
  if (p > level || counts.first === counts.second) return null;
  return counts.first > counts.second ? 0 : 1;
}
