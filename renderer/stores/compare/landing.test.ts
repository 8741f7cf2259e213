import { describe, expect, test } from 'vitest';
import { flipLanding, sentenceStart, wordAt } from './landing.ts';

const TEXT = 'One two. Three four.';
const word = (text: string, at: number, from: number) => ({
  word: text,
  at,
  end: at + text.length,
  from,
  to: from + 0.2,
});
const WORDS = [word('One', 0, 0.1), word('two', 4, 0.5), word('Three', 9, 1.2), word('four', 15, 1.6)];
const FROM = { words: WORDS, duration: 2 };
const TO = { words: WORDS.map((one) => ({ ...one, from: one.from * 2, to: one.to * 2 })), duration: 4 };
const MAP = { from: [0, 2], to: [0, 4] };

const land = (switching: 'word' | 'second' | 'restart', alignment: Parameters<typeof flipLanding>[3], position = 1.7) =>
  flipLanding(switching, TEXT, { from: FROM, to: TO, position }, alignment);

describe('a flip', () => {
  test('goes on at the same word where that is known', () => {
    expect(land('word', { trusted: true, map: MAP })).toEqual({ to: { map: MAP }, note: null });
  });

  test('begins the sentence anew where other words are spoken, and says so', () => {
    expect(land('word', { trusted: false, map: MAP })).toEqual({ to: { at: 2.4 }, note: 'untrusted' });
    expect(land('word', { trusted: false, map: MAP }, 0.6)).toEqual({ to: { at: 0.2 }, note: 'untrusted' });
  });

  test('goes to the same part of the way while nothing is known yet', () => {
    expect(land('word', null)).toEqual({ to: { map: { from: [0, 2], to: [0, 4] } }, note: 'unaligned' });
  });

  test('goes on at the same second, or begins anew, where a person wants that', () => {
    expect(land('second', { trusted: false, map: MAP })).toEqual({ to: { same: 'second' }, note: null });
    expect(land('restart', { trusted: true, map: MAP })).toEqual({ to: { at: 0 }, note: null });
  });

  test('begins the text anew where the words of either take are not known', () => {
    const nothing = { words: [], duration: 3 };
    expect(sentenceStart(TEXT, nothing, 1, TO)).toBe(0);
    expect(sentenceStart(TEXT, FROM, 1.7, nothing)).toBe(0);
  });
});

test.each([
  [0, -1],
  [0.1, 0],
  [0.49, 0],
  [0.5, 1],
  [9, 3],
])('at %f s the word is number %i', (time, index) => {
  expect(wordAt(WORDS, time)).toBe(index);
});
