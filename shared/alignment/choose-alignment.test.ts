import { describe, expect, test } from 'vitest';
import type { CharacterTimings } from '../schemas/take.ts';
import { chooseAlignment } from './choose-alignment.ts';

/** Ten characters a second, begun so late. */
function timings(text: string, late = 0, pace = 0.1): CharacterTimings {
  const characters = Array.from(text);
  const starts = characters.map((_, i) => late + i * pace);
  return { characters, starts, ends: starts.map((start) => start + pace) };
}

const DOUBT = { kind: 'other' as const, a: { from: 0.2, to: 0.4 }, b: { from: 0.2, to: 0.4 } };
const sound = (late: number, trusted: boolean) => ({
  map: { from: [0, 2], to: [late, 2 + late] },
  trusted,
  doubts: trusted ? [] : [DOUBT],
});
const A = timings('hello there');

describe('what is heard and what was told', () => {
  test('vouch for each other where they find the same places for the same letters', () => {
    const chosen = chooseAlignment(sound(0.31, false), { a: A, b: timings('Hello, there', 0.3) });
    expect(chosen).toMatchObject({ by: 'sound', trusted: true, doubts: [], map: { to: [0.31, 2.31] } });
  });

  test('do not where other letters were told', () => {
    const chosen = chooseAlignment(sound(0.3, false), { a: A, b: timings('hello thire', 0.3) });
    expect(chosen).toMatchObject({ trusted: false, doubts: [DOUBT] });
  });

  test('where they do not agree and the sound is doubted, the map is the told one and the doubt stays', () => {
    const chosen = chooseAlignment(sound(0.9, false), { a: A, b: timings('hello there', 0.3) });
    expect(chosen).toMatchObject({ by: 'timings', trusted: false, doubts: [DOUBT] });
    expect(chosen.map.to[0]).toBeCloseTo(0.3, 6);
  });

  test('the sound counts where it is not doubted, or nothing was told', () => {
    expect(chooseAlignment(sound(0.9, true), { a: A, b: timings('hello there', 0.3) })).toMatchObject({ by: 'sound' });
    expect(chooseAlignment(sound(0.3, false), { a: A, b: null })).toMatchObject({ by: 'sound', trusted: false });
  });
});
