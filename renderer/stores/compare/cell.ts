import type { Comparison } from '../../../shared/schemas/comparison.ts';

/** One slot's part of one text. */
export interface Cell {
  slotId: string;
  textId: string;
}

export const cellKey = ({ slotId, textId }: Cell): string => `${slotId}/${textId}`;

/** Which take a cell has. */
export function takeIdOf(comparison: Comparison | null, { slotId, textId }: Cell): string | null {
  return comparison?.takes[slotId]?.[textId] ?? null;
}
