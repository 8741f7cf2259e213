import type { CharacterTimings } from '../schemas/take.ts';
import type { TakeAlignment } from './align.ts';
import { alignByTimings } from './align-timings.ts';
import { mapTime, type TimeMap } from './time-map.ts';

/** How far apart two ways of finding a place may be and still mean the same word, in s. */
const NEAR = 0.1;
/** Part of the places that must be near: pauses are where nobody says anything. */
const MOST = 0.95;

/** An alignment, and what its map was found by. */
export interface ChosenAlignment extends TakeAlignment {
  by: 'timings' | 'sound';
}

function letters({ characters }: CharacterTimings): string {
  return characters
    .join('')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
}

function agree(sound: TimeMap, told: TimeMap): boolean {
  const near = told.from.filter((time, i) => Math.abs(mapTime(sound, time) - (told.to[i] ?? 0)) <= NEAR);
  return told.from.length > 0 && near.length >= MOST * told.from.length;
}

/**
 * Chooses between what is heard and what the providers told. The sound tells the moment more exactly; where both find the
 * same places for the same letters, each vouches for the other. Where the sound is doubted, the map is the told one, and
 * the doubt stays.
 *
 * @param told when each character of either take is heard; null where that is not known
 */
export function chooseAlignment(
  bySound: TakeAlignment,
  told: { a: CharacterTimings | null; b: CharacterTimings | null },
): ChosenAlignment {
  const { a, b } = told;
  const map = a && b ? alignByTimings(a, b) : null;
  if (a && b && map && letters(a) === letters(b) && agree(bySound.map, map)) {
    return { map: bySound.map, by: 'sound', trusted: true, doubts: [] };
  }
  return map === null || bySound.trusted ? { ...bySound, by: 'sound' } : { ...bySound, map, by: 'timings' };
}
