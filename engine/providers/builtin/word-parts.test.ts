import { expect, it } from 'vitest';
import { wordParts } from './word-parts.ts';

const parts = (text: string, language: string | null = null) =>
  wordParts(text, language).map(({ text: part, word }) => `${part}:${word ?? '-'}`);

it('puts the signs that are read with a word to it', () => {
  expect(parts('Pay $3.50, or 50% off…')).toEqual(['Pay:0', '$3.50,:1', 'or:2', '50%:3', 'off…:4']);
});

it('parts words that no space parts, and keeps signs alone apart', () => {
  expect(parts('“well-known” 😀 — [laugh] A/B')).toEqual([
    '“well:0',
    '-known”:1',
    '😀:-',
    '—:-',
    '[laugh]:-',
    'A:2',
    '/B:3',
  ]);
  expect(parts('今天，很好。', 'zh')).toEqual(['今天:0', '，很好。:1']);
});

it('loses no character but spaces, and says where each part stands', () => {
  const text = '  It’s 10:30 — isn’t it?\n\n“Yes.”';
  const all = wordParts(text, 'en');
  expect(all.map((part) => part.text).join('')).toBe(text.replace(/\s/gu, ''));
  for (const part of all) expect(text.slice(part.at, part.at + part.text.length)).toBe(part.text);
  expect(all.map(({ spaced }) => spaced)).toEqual([false, true, false, true, true, true, true]);
  expect(wordParts(' \n', null)).toEqual([]);
});
