import type { CharacterTimings } from '../schemas/take.ts';
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
  if (pairs === null || pairs.length === 0 || pairs.length < COMMON * longer) return null;
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

/**
 * Longest common run of characters in order (E. Myers, 1986).
 *
 * @returns pairs of places; null where more than `most` characters stand in one list alone
 */
function commonPairs(a: readonly Heard[], b: readonly Heard[], most: number): [number, number][] | null {
  const same = (i: number, j: number) =>
    i < a.length && j < b.length && (a[i] as Heard).character === (b[j] as Heard).character;
  // How far each diagonal is reached with so many differences; the places lie from -most - 1 to most + 1.
  const reached = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const before: Int32Array[] = [];
  for (let differences = 0; differences <= most; differences += 1) {
    before.push(reached.slice(middle - differences - 1, middle + differences + 2));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const above = reached[middle + diagonal + 1] as number;
      const left = reached[middle + diagonal - 1] as number;
      let i = diagonal === -differences || (diagonal !== differences && left < above) ? above : left + 1;
      while (same(i, i - diagonal)) i += 1;
      reached[middle + diagonal] = i;
      if (i >= a.length && i - diagonal >= b.length) return walkedBack(a.length, b.length, before);
    }
  }
  return null;
}

/** @param before for each number of differences how far the diagonals from -number - 1 to number + 1 were reached before */
function walkedBack(lengthA: number, lengthB: number, before: readonly Int32Array[]): [number, number][] {
  const pairs: [number, number][] = [];
  let i = lengthA;
  let j = lengthB;
  for (let differences = before.length - 1; differences >= 0; differences -= 1) {
    const reached = before[differences] as Int32Array;
    const at = (diagonal: number) => reached[diagonal + differences + 1] as number;
    const diagonal = i - j;
    const down = diagonal === -differences || (diagonal !== differences && at(diagonal - 1) < at(diagonal + 1));
    const startI = differences === 0 ? 0 : down ? at(diagonal + 1) : at(diagonal - 1) + 1;
    while (i > startI && j > 0) {
      i -= 1;
      j -= 1;
      pairs.push([i, j]);
    }
    if (differences === 0) break;
    if (down) j -= 1;
    else i -= 1;
  }
  return pairs.reverse();
}
