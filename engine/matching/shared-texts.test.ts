import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCharacters } from '../../shared/text/sanitise.ts';
import { SHARED_CHARACTERS, SHARED_TEXTS, type Speaker, sharedTexts } from './shared-texts.ts';

const ANY: Speaker = { maxCharacters: 10_000, languages: [] };
const take = (id: string, text: string, state: 'done' | 'incomplete' = 'done') => ({ id, text, state });
const ENGLISH = 'We are closed on public holidays, but we open again on Tuesday at nine.';
const GERMAN = 'Guten Tag, Sie sprechen mit der Auskunft. Was kann ich heute für Sie tun?';
const SENTENCE = 'The parcel left our house yesterday, and it should be with you before the weekend.';

describe('texts that both voices speak', () => {
  it('are the longest that are whole, with all takes that say them', () => {
    const takes = [take('a', 'Hello.'), take('b', ENGLISH), take('c', SENTENCE), take('d', ENGLISH), take('e', '')];
    expect(sharedTexts(takes, ANY)).toEqual([
      { text: SENTENCE, takeIds: ['c'], same: true },
      { text: ENGLISH, takeIds: ['b', 'd'], same: true },
    ]);
    expect(sharedTexts([take('a', ENGLISH, 'incomplete')], ANY)).toEqual([]);
  });

  it('are cut at a sentence where they are too long, and then no measure of the pace', () => {
    const long = Array.from({ length: 20 }, () => SENTENCE).join(' ');
    const [text] = sharedTexts([take('a', long)], ANY);
    expect(text).toEqual({ text: `${SENTENCE} ${SENTENCE} ${SENTENCE}`, takeIds: ['a'], same: false });
    // What is whole goes before what is longer.
    expect(sharedTexts([take('a', long), take('b', 'Hello there.')], ANY)[0]?.text).toBe('Hello there.');
    // A model that takes little.
    expect(sharedTexts([take('a', `${ENGLISH} ${ENGLISH}`)], { ...ANY, maxCharacters: 100 })[0]?.text).toBe(ENGLISH);
    const [clause] = sharedTexts([take('a', ENGLISH)], { ...ANY, maxCharacters: 50 });
    expect(clause).toMatchObject({ text: 'We are closed on public holidays', same: false });
  });

  it('have no tags, which one voice would read aloud and another laugh', () => {
    const tagged = [take('a', `[laughs] ${ENGLISH}`), take('b', '[sighs]')];
    expect(sharedTexts(tagged, ANY)).toEqual([{ text: ENGLISH, takeIds: ['a'], same: false }]);
    // A pause is no speech, so that the pace can be told all the same.
    const paused = [take('a', 'One moment. <break time="1.5s"/> Now it works again.')];
    expect(sharedTexts(paused, ANY)).toEqual([{ text: 'One moment. Now it works again.', takeIds: ['a'], same: true }]);
  });

  it('are in a language of the new voice', () => {
    const takes = [take('a', GERMAN), take('b', ENGLISH)];
    expect(sharedTexts(takes, { ...ANY, languages: ['en-US'] }).map(({ takeIds }) => takeIds)).toEqual([['b']]);
    expect(sharedTexts(takes, { ...ANY, languages: ['de', 'en'] })).toHaveLength(2);
    expect(sharedTexts(takes, { ...ANY, languages: ['fr'] })).toEqual([]);
  });

  it('are never more, longer, or emptier than a model takes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ maxLength: 600 }), fc.lorem({ mode: 'sentences', maxCount: 12 })), {
          maxLength: 6,
        }),
        fc.integer({ min: 5, max: 400 }),
        (texts, maxCharacters) => {
          const found = sharedTexts(
            texts.map((text, at) => take(String(at), text)),
            { maxCharacters, languages: [] },
          );
          expect(found.length).toBeLessThanOrEqual(SHARED_TEXTS);
          for (const { text } of found) {
            expect(countCharacters(text)).toBeLessThanOrEqual(Math.min(SHARED_CHARACTERS, maxCharacters));
            expect(text.trim()).not.toBe('');
          }
          expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
        },
      ),
      { numRuns: 200, seed: 9 },
    );
  });
});
