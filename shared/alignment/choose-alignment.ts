import type { CharacterTimings } from '../schemas/take.ts';
import type { TakeAlignment } from './align.ts';
import { alignByTimings } from './align-timings.ts';
import { mapTime, type TimeMap } from './time-map.ts';

/** How far apart two ways of finding the beginning of a word may be and still mean the same word, in s. */
const NEAR = 0.12;
/** Part of the words for which they must be. */
const MOST = 0.9;

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

/** When words begin. Within a word a number may be written in few characters and take long to say. */
function wordStarts({ characters, starts }: CharacterTimings): number[] {
  const isLetter = (character: string | undefined) => /[\p{L}\p{N}]/u.test(character ?? '');
  return starts.filter((_, at) => isLetter(characters[at]) && !isLetter(characters[at - 1]));
}

function agree(sound: TimeMap, told: TimeMap, words: readonly number[]): boolean {
  const near = words.filter((time) => Math.abs(mapTime(sound, time) - mapTime(told, time)) <= NEAR);
  return words.length > 0 && near.length >= MOST * words.length;
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
  if (a && b && map && letters(a) === letters(b) && agree(bySound.map, map, wordStarts(a))) {
    return { map: bySound.map, by: 'sound', trusted: true, doubts: [] };
  }
  return map === null || bySound.trusted ? { ...bySound, by: 'sound' } : { ...bySound, map, by: 'timings' };
}
