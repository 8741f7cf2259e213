import { describe, expect, it } from 'vitest';
import { wordsOf } from './words.ts';

const words = (text: string, language?: string) => wordsOf(text, language).map(({ word }) => word);

describe('wordsOf', () => {
  it.each([
    ['de', 'Größere Häuser – z. B. Türme – kosten 1.234,50 €.', 'Größere Häuser z B Türme kosten 1.234,50'],
    ['fr', 'Qu’il aujourd’hui aime l’école, n’est-ce pas ?', 'Qu’il aujourd’hui aime l’école n’est ce pas'],
    ['es', '¿Cómo estás? ¡Muy bien, señor!', 'Cómo estás Muy bien señor'],
    ['ja', '今日は天気がいいです。', '今日 は 天気 が いい です'],
    ['zh', '今天天气很好，我们去公园。', '今天 天气 很好 我们 去 公园'],
    ['hi', 'नमस्ते दुनिया।', 'नमस्ते दुनिया'],
  ])('parts %s', (language, text, expected) => {
    expect(words(text, language)).toEqual(expected.split(' '));
  });

  it('keeps numbers with their decimals and words with their apostrophes whole', () => {
    expect(words("Don't pay $3.50 or 1,000 in the 90s: it’s 50% off, O'Neill.")).toEqual(
      "Don't pay 3.50 or 1,000 in the 90s it’s 50 off O'Neill".split(' '),
    );
  });

  it('says where each one stands, also behind characters of two units', () => {
    const text = '😀 Größe — naïve\n\n“fine”.';
    for (const { word, at, end } of wordsOf(text)) expect(text.slice(at, end)).toBe(word);
    expect(words(text)).toEqual(['Größe', 'naïve', 'fine']);
  });

  it('counts neither pauses nor stage directions nor markup', () => {
    expect(words('One [pause 0.8s] two [laugh] <b class="x">three</b> &amp; four __ … 5 < 6 > 4')).toEqual(
      'One two three four 5 6 4'.split(' '),
    );
  });

  it('is not stopped by a language that is none', () => {
    expect(words('a b', 'not a tag')).toEqual(['a', 'b']);
  });

  it('finds nothing where there is nothing', () => {
    expect(wordsOf('')).toEqual([]);
    expect(wordsOf('… — 😀 [sigh]')).toEqual([]);
  });
});
