import { describe, expect, test } from 'vitest';
import type { CharacterTimings } from '../schemas/take.ts';
import { alignByTimings } from './align-timings.ts';
import { mapTime } from './time-map.ts';

/** Each character lasts so many seconds. */
function timings(text: string, each: number, offset = 0): CharacterTimings {
  const characters = Array.from(text);
  return {
    characters,
    starts: characters.map((_, i) => offset + i * each),
    ends: characters.map((_, i) => offset + (i + 1) * each),
  };
}

const TEXT = 'Good evening to you, and welcome to the show.';

/** Where a word begins. */
const start = (text: string, word: string, each: number, offset = 0) => offset + text.indexOf(word) * each;

describe('takes whose characters are timed', () => {
  test('lie together character by character', () => {
    const map = alignByTimings(timings(TEXT, 0.05), timings(TEXT, 0.08, 0.5));
    for (const word of ['Good', 'evening', 'you', 'welcome', 'show']) {
      expect(mapTime(map ?? { from: [], to: [] }, start(TEXT, word, 0.05))).toBeCloseTo(
        start(TEXT, word, 0.08, 0.5),
        3,
      );
    }
  });

  test('may differ in spaces, marks, case and a few characters', () => {
    const other = '  good evening to you — and well come to the show!';
    const map = alignByTimings(timings(TEXT, 0.05), timings(other, 0.05));
    for (const word of ['evening', 'and', 'to the', 'show']) {
      expect(mapTime(map ?? { from: [], to: [] }, start(TEXT, word, 0.05))).toBeCloseTo(start(other, word, 0.05), 3);
    }
  });

  test('keep a pause that only one of them makes between the words beside it', () => {
    const b = timings(TEXT, 0.05);
    const pause = TEXT.indexOf(' and');
    b.starts = b.starts.map((time, i) => (i > pause ? time + 1 : time));
    b.ends = b.ends.map((time, i) => (i >= pause ? time + 1 : time));
    const map = alignByTimings(timings(TEXT, 0.05), b) ?? { from: [], to: [] };
    expect(mapTime(map, start(TEXT, ',', 0.05))).toBeCloseTo(start(TEXT, ',', 0.05), 3);
    expect(mapTime(map, start(TEXT, 'and', 0.05))).toBeCloseTo(start(TEXT, 'and', 0.05) + 1, 3);
  });

  test('of other texts, or of none, are not aligned', () => {
    expect(alignByTimings(timings(TEXT, 0.05), timings('Nothing of this is the same at all.', 0.05))).toBeNull();
    expect(alignByTimings(timings('', 1), timings('', 1))).toBeNull();
    expect(alignByTimings(timings(TEXT, 1), timings('... !', 1))).toBeNull();
  });

  test('are aligned where they are as long as a text may be', () => {
    const long = TEXT.repeat(220);
    const other = long.replaceAll('welcome', 'well-come').replaceAll('show.', 'shows. ');
    const map = alignByTimings(timings(long, 0.05), timings(other, 0.05)) ?? { from: [], to: [] };
    expect(mapTime(map, long.lastIndexOf('Good') * 0.05)).toBeCloseTo(other.lastIndexOf('Good') * 0.05, 3);
  });

  test('whose times stand still or go back give a map that does not', () => {
    const odd: CharacterTimings = { characters: ['a', 'b', 'c'], starts: [0, 0.2, 0.1], ends: [0.2, 0.2, 0.3] };
    const map = alignByTimings(odd, odd) ?? { from: [], to: [] };
    for (let i = 1; i < map.from.length; i += 1) {
      expect(map.from[i]).toBeGreaterThan(map.from[i - 1] ?? 0);
      expect(map.to[i]).toBeGreaterThanOrEqual(map.to[i - 1] ?? 0);
    }
  });
});
