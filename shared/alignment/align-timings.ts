import type { CharacterTimings } from '../schemas/take.ts';
import { matchLetters } from '../text/match-letters.ts';
import { thinned } from './path-map.ts';
import type { TimeMap } from './time-map.ts';

/** Part of the characters with a sound that both takes must have in common. */
const COMMON = 0.9;
/** Differences that are looked for at most: memory grows with their square. */
const MOST_DIFFERENCES = 2000;

/** A character that is heard. */
interface Heard {
  character: string;
  start: number;
  end: number;
}

/** Characters that are heard, written alike; not spaces and marks, which providers set as they like. */
function heard({ characters, starts, ends }: CharacterTimings): Heard[] {
  return characters.flatMap((written, at) => {
    const start = starts[at];
    const end = ends[at];
    if (start === undefined || end === undefined) return [];
    return Array.from(written.normalize('NFKC').toLowerCase())
      .filter((character) => /[\p{L}\p{N}\p{M}]/u.test(character))
      .map((character) => ({ character, start, end }));
  });
}

/** Places of the characters that both have in common, in order; none where more than `most` stand in one list alone. */
function commonPairs(a: readonly Heard[], b: readonly Heard[], most: number): [number, number][] {
  const letters = (list: readonly Heard[]) => list.map(({ character }) => character);
  const matches = matchLetters(letters(a), letters(b), most) ?? [];
  return Array.from(matches, (j, i): [number, number] => [i, j]).filter(([, j]) => j >= 0);
}

/**
 * Map between two takes whose providers told when each character is heard, in s of each.
 *
 * The lists may differ in spaces, marks and the way things are written out: the characters they have in common, in
 * order, are the knots.
 *
 * @returns null where too few are common
 */
export function alignByTimings(a: CharacterTimings, b: CharacterTimings): TimeMap | null {
  const [heardA, heardB] = [heard(a), heard(b)];
  const longer = Math.max(heardA.length, heardB.length);
  const most = Math.min(MOST_DIFFERENCES, Math.floor(2 * (1 - COMMON) * longer));
  const pairs = commonPairs(heardA, heardB, most);
  if (pairs.length === 0 || pairs.length < COMMON * longer) return null;
  const map: TimeMap = { from: [], to: [] };
  const knot = (from: number, to: number) => {
    if (map.from.length > 0 && from <= (map.from.at(-1) as number)) return;
    map.from.push(from);
    map.to.push(Math.max(to, map.to.at(-1) ?? 0));
  };
  pairs.forEach(([i, j], at) => {
    const [one, other] = [heardA[i] as Heard, heardB[j] as Heard];
    knot(one.start, other.start);
    // Where the next one does not follow at once, a pause or something else lies between.
    const next = pairs[at + 1];
    const nextOne = next && heardA[next[0]];
    const nextOther = next && heardB[next[1]];
    if (nextOne && nextOne.start <= one.end) return;
    knot(one.end, nextOther ? Math.min(other.end, nextOther.start) : other.end);
  });
  return thinned(map);
}
