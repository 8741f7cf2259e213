import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchLetters } from './match-letters.ts';

const match = (a: string, b: string) => [...(matchLetters([...a], [...b]) ?? ['none'])];

it('matches what is the same, and leaves out what is not', () => {
  expect(match('abc', 'abc')).toEqual([0, 1, 2]);
  expect(match('abc', 'xabyc')).toEqual([1, 2, 4]);
  expect(match('a-bc', 'ac')).toEqual([0, -1, -1, 1]);
  expect(match('', 'ac')).toEqual([]);
  expect(match('ab', '')).toEqual([-1, -1]);
  expect(match('ab', 'cd')).toEqual([-1, -1]);
});

/** Length of the longest common subsequence, computed in full. */
function longestCommon(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const letter of a) {
    const next = [0];
    for (let j = 0; j < b.length; j += 1) {
      next.push(letter === b[j] ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

it('leaves out as few as can be, in order', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 });
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const pairs = match(a, b).flatMap((j, i) => (typeof j === 'number' && j >= 0 ? [[i, j] as const] : []));
      expect(pairs.length).toBe(longestCommon(a, b));
      for (const [i, j] of pairs) expect(a[i]).toBe(b[j]);
      expect(pairs.every(([, j], at) => at === 0 || j > (pairs[at - 1]?.[1] ?? -1))).toBe(true);
    }),
    { seed: 20261128 },
  );
});

it('gives up on two long texts that have nothing in common', () => {
  expect(matchLetters(new Array(4000).fill('a'), new Array(4000).fill('b'))).toBeNull();
});
