import { describe, expect, it } from 'vitest';
import { countSyllables } from './syllables.ts';

describe('countSyllables', () => {
  it.each([
    ['cat', 1],
    ['water', 2],
    ['the', 1],
    ['stone', 1],
    ['stones', 1],
    ['houses', 2],
    ['wanted', 2],
    ['walked', 1],
    ['table', 2],
    ['banana', 3],
    ['create', 2],
    ['science', 2],
    ['going', 2],
    ['by', 1],
  ])('English: %s', (word, syllables) => {
    expect(countSyllables(word, 'en-US')).toBe(syllables);
  });

  it('is near over sentences', () => {
    // Counted by hand.
    const sentences: [string, number][] = [
      ['The library opens at ten, but the reading room on the second floor stays closed.', 19],
      ['A truck loaded with apples blocked the entrance to the tunnel for an hour.', 19],
      ['Please leave your shoes by the door and hang your coat on the hook.', 14],
      ['The detective studied the footprints under the bedroom window.', 17],
    ];
    const counted = sentences.reduce((sum, [text]) => sum + countSyllables(text, 'en'), 0);
    const real = sentences.reduce((sum, [, syllables]) => sum + syllables, 0);
    expect(Math.abs(counted / real - 1)).toBeLessThan(0.06);
  });

  it.each([
    ['今天天气很好', 'zh', 6],
    ['きょうは', 'ja', 3],
    ['안녕하세요', 'ko', 5],
    ['¿Cómo estás hoy?', 'es', 5],
    ['Привет, как дела?', 'ru', 5],
    ['नमस्ते', 'hi', 3],
    ['', 'en', 0],
    ['... !', 'en', 0],
  ])('%s', (text, language, syllables) => {
    expect(countSyllables(text, language)).toBe(syllables);
  });
});
