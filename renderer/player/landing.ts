import { z } from 'zod';
import { mapTime, TimeMap } from '../../shared/alignment/time-map.ts';

/**
 * Where a flip goes on in the other take: at the same place of the text (by a map from the take that plays to the other one),
 * at the same second, or at a second of its own.
 */
export const Landing = z.union([
  z.object({ map: TimeMap }),
  z.object({ same: z.literal('second') }),
  z.object({ at: z.number() }),
]);
export type Landing = z.infer<typeof Landing>;

/** The second of the other take at which a flip lands from `position` (s) of the one that plays. */
export function landedAt(position: number, to: Landing): number {
  if ('map' in to) return mapTime(to.map, position);
  return 'at' in to ? to.at : position;
}
