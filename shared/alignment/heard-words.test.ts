import { describe, expect, it } from 'vitest';
import type { CharacterTimings } from '../schemas/take.ts';
import { testSpeech } from '../sound/testing/speech.ts';
import { heardWords } from './heard-words.ts';
import { wordTimings } from './word-timings.ts';

/** Each character is heard for 0.1 s. */
function told(text: string): CharacterTimings {
  const characters = [...text];
  return { characters, starts: characters.map((_, i) => i / 10), ends: characters.map((_, i) => (i + 1) / 10) };
}

const heard = (text: string, timings: CharacterTimings) =>
  heardWords(text, timings).map(({ word, from, to }) => `${word} ${from.toFixed(1)}-${to.toFixed(1)}`);

describe('heardWords', () => {
  it('times each word from its first to its last character', () => {
    expect(heardWords('To be, or not.', told('To be, or not.'))).toEqual([
      { word: 'To', at: 0, end: 2, from: 0, to: expect.closeTo(0.2) },
      { word: 'be', at: 3, end: 5, from: 0.3, to: expect.closeTo(0.5) },
      { word: 'or', at: 7, end: 9, from: 0.7, to: expect.closeTo(0.9) },
      { word: 'not', at: 10, end: 13, from: 1, to: expect.closeTo(1.3) },
    ]);
  });

  it('is not put out by spaces, quotes, case, or how accents are composed', () => {
    expect(heard('It’s\n\n“Café”  now', told('it\'s "cafe\u0301" NOW'))).toEqual([
      'It’s 0.0-0.4',
      'Café 0.6-1.0',
      'now 1.3-1.6',
    ]);
  });

  it('leaves out tags on either side, and markup', () => {
    expect(heard('Well [laugh] <b>that</b> laughs.', told('Well that laughs.'))).toEqual([
      'Well 0.0-0.4',
      'that 0.5-0.9',
      'laughs 1.0-1.6',
    ]);
    expect(heard('One two', told('One [sighs] two'))).toEqual(['One 0.0-0.3', 'two 1.2-1.5']);
  });

  it('finds words that were told otherwise than they are written, between their neighbours', () => {
    expect(heard('Pay 42 now', told('Pay forty two now'))).toEqual(['Pay 0.0-0.3', '42 0.4-1.3', 'now 1.4-1.7']);
    const [, seven, hundred] = heardWords('a 7 100 b', told('a sevenhundred b'));
    expect(seven?.from).toBeCloseTo(0.2);
    expect(seven?.to).toBeCloseTo(hundred?.from ?? 0);
    expect(hundred?.to).toBeCloseTo(1.4);
  });

  it('leaves out words that were not spoken', () => {
    expect(heard('one two three', told('one three'))).toEqual(['one 0.0-0.3', 'three 0.4-0.9']);
    expect(heard('one two three', told('one tw'))).toEqual(['one 0.0-0.3', 'two 0.4-0.6']);
    expect(heardWords('one', { characters: [], starts: [], ends: [] })).toEqual([]);
  });

  it('places words of a script without spaces, and of characters of two units', () => {
    expect(heard('今天天气很好', told('今天天气很好'))).toEqual(['今天 0.0-0.2', '天气 0.2-0.4', '很好 0.4-0.6']);
    expect(heard('😀 𝒶𝒷 c', told('😀 𝒶𝒷 c'))).toEqual(['𝒶𝒷 0.2-0.4', 'c 0.5-0.6']);
  });

  it('gives back the times of real words after they were spread over characters', async () => {
    const text = 'The quick brown fox, while seven wizards make toast.';
    const { words } = await testSpeech(text);
    const placed = words.flatMap(({ at, time }, i) => {
      const end = at + (/^\w+/.exec(text.slice(at))?.[0].length ?? 0);
      const next = words[i + 1]?.time;
      return next === undefined ? [] : [{ word: text.slice(at, end), at, end, from: time, to: next }];
    });
    expect(placed.length).toBeGreaterThan(6);
    const back = heardWords(text, wordTimings(text, placed));
    expect(back.slice(0, placed.length)).toEqual(
      placed.map((word) => ({ ...word, from: expect.closeTo(word.from), to: expect.closeTo(word.to) })),
    );
  });
});

describe('wordTimings', () => {
  it('spreads words evenly, and puts what is between them between them', () => {
    const timings = wordTimings('«ab, c!', [
      { at: 1, end: 3, from: 1, to: 2 },
      { at: 5, end: 6, from: 3, to: 3.5 },
    ]);
    expect(timings.characters.join('')).toBe('«ab, c!');
    expect(timings.starts).toEqual([1, 1, 1.5, 2, 2.5, 3, 3.5]);
    expect(timings.ends).toEqual([1, 1.5, 2, 2.5, 3, 3.5, 3.5]);
  });

  it('tells nothing of a text without words', () => {
    expect(wordTimings('…', [])).toEqual({ characters: [], starts: [], ends: [] });
  });
});
