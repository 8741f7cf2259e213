import { SLOT_LETTERS, type SlotLetter } from '../../../shared/schemas/comparison.ts';

/** The letter of the slot at a place, from 0. */
export function letterOf(place: number): SlotLetter {
  return SLOT_LETTERS[place] ?? 'H';
}

/** The variable with the colour of the slot at a place. */
export function slotColour(place: number): string {
  return `var(--tb-slot-${letterOf(place).toLowerCase()})`;
}
