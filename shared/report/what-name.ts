import { anchorOf, referenceOf } from '../listening/planned-trials.ts';
import { letterAt } from '../schemas/comparison.ts';

/** What stood at a place of a trial: the letter of a slot, or “reference” or “anchor”. @param what its index */
export function whatName(what: number, slots: number): string {
  if (what === referenceOf(slots)) return 'reference';
  if (what === anchorOf(slots)) return 'anchor';
  return letterAt(what);
}
