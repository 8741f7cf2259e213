import { invertedMap, type TimeMap } from '../../../shared/alignment/time-map.ts';
import type { Fault } from '../../../shared/errors.ts';
import type { Alignment, TakeWords } from '../../../shared/schemas/alignment.ts';
import type { GainsAnswer } from '../../../shared/schemas/compare.ts';
import type { Take, TakeView } from '../../../shared/schemas/take.ts';
import type { HeardLevel } from '../../../shared/sound/equal-loudness.ts';

/** What is known of the sound of the text that is heard. */
export interface CompareSound {
  /** The takes of the text that is heard which have all their sound, in the order of the slots. */
  takes: readonly Take[];
  /** By {@link pairKey}. */
  alignments: ReadonlyMap<string, Alignment>;
  /** By take. */
  words: ReadonlyMap<string, TakeWords>;
  views: ReadonlyMap<string, TakeView>;
  /** dB by take: what makes those of the text equally loud. */
  gains: ReadonlyMap<string, number>;
  /** How loud each take is as it is heard, by take. */
  levels: ReadonlyMap<string, HeardLevel>;
  /** Why they could not be made equally loud. */
  unequal: Fault | null;
  /** What was made equal; null while it is not known. */
  equal: Pick<GainsAnswer, 'by' | 'lowered'> | null;
}

/**
 * dB that a take is attenuated by so that all are equally loud. One that was not measured against the others yet is brought
 * to where they are by its own loudness.
 */
export function gainOf(
  { gains, levels, takes }: Pick<CompareSound, 'gains' | 'levels' | 'takes'>,
  takeId: string,
): number {
  const known = gains.get(takeId);
  if (known !== undefined) return known;
  const own = takes.find(({ id }) => id === takeId);
  const loudness = own?.measurements?.loudness ?? null;
  const [other, gain] = [...gains].find(([id]) => levels.get(id)?.loudness != null) ?? [];
  const target = other === undefined ? null : (levels.get(other)?.loudness ?? null);
  if (!own || loudness === null || target === null || gain === undefined) return 0;
  return Math.min(0, target + gain - loudness - own.studio.volume);
}

/** Under which the alignment of two takes is kept. */
export const pairKey = (a: string, b: string) => `${a}\n${b}`;

/** How two takes lie in time; null while it is not known. `map` leads from `a` to `b`. */
export function alignmentOf(
  { alignments }: Pick<CompareSound, 'alignments'>,
  a: string,
  b: string,
): (Pick<Alignment, 'trusted' | 'doubts'> & { map: TimeMap }) | null {
  const known = alignments.get(pairKey(a, b));
  if (known) return known;
  const turned = alignments.get(pairKey(b, a));
  return turned ? { ...turned, map: invertedMap(turned.map) } : null;
}
