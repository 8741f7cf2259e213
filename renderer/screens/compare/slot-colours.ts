import { letterAt } from '../../../shared/schemas/comparison.ts';

export { letterAt as letterOf } from '../../../shared/schemas/comparison.ts';

/** The variable with the colour of the slot at a place. */
export function slotColour(place: number): string {
  return `var(--tb-slot-${letterAt(place).toLowerCase()})`;
}
