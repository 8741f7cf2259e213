import { afterAll, describe, expect, it } from 'vitest';
import { STANDARD_LANGUAGES, standardLines } from '../../shared/matching/standard-lines.ts';
import { EspeakEngine } from '../providers/builtin/espeak-engine.ts';
import { detectLanguage } from '../text/language.ts';

const espeak = new EspeakEngine(() => undefined);
afterAll(() => espeak.close());

const CONSONANTS = 'p b t d k ɡ f v θ ð s z ʃ ʒ h m n ŋ l ɹ j w tʃ dʒ';
const VOWELS = 'iː ɪ ɛ uː ʊ ʌ ə ɜː eɪ aɪ ɔɪ aʊ';

/**
 * The phonemes of two accents as eSpeak NG writes them: those both have, and each one's own. Vowels before an r that is
 * spoken are one with it in American English.
 */
const ACCENTS = [
  ['gmw/en-US', `${CONSONANTS} ${VOWELS} æ ɑː ɔː oʊ ɚ ɪɹ ɛɹ ɑːɹ ɔːɹ`],
  ['gmw/en', `${CONSONANTS} ${VOWELS} a ɑː ɒ ɔː əʊ iə eə ʊə`],
] as const;

/** Phonemes without marks of stress. */
const phonemesOf = (ipa: string) => ipa.split(/[_\s]+/u).map((phoneme) => phoneme.replace(/[ˈˌ]/gu, ''));

async function missing(voice: string, lines: string[], inventory: string, least: number): Promise<string[]> {
  const spoken = (await espeak.phonemes(voice, lines)).flatMap(phonemesOf);
  return inventory.split(' ').filter((phoneme) => spoken.filter((one) => one === phoneme).length < least);
}

describe('the English lines', () => {
  it.each(ACCENTS)('have every sound of %s at least three times', async (voice, inventory) => {
    expect(await missing(voice, standardLines('en'), inventory, 3)).toEqual([]);
  });

  it.each(ACCENTS)('have nearly every sound of %s among the first three', async (voice, inventory) => {
    const absent = await missing(voice, standardLines('en').slice(0, 3), inventory, 1);
    expect(absent.length, absent.join(' ')).toBeLessThanOrEqual(1);
    // The check can tell: three lines of little variety lack much.
    const poor = ['Go on, go on.', 'No, no, no.', 'Oh, so so.'];
    expect((await missing(voice, poor, inventory, 1)).length).toBeGreaterThan(20);
  });

  it('are of the length of a breath or two', () => {
    const lines = standardLines('en');
    expect(lines).toHaveLength(12);
    expect(lines.filter(({ length }) => length < 60 || length > 110)).toEqual([]);
  });
});

describe.each(STANDARD_LANGUAGES)('the lines in %s', (language) => {
  const lines = standardLines(language);

  it('are read as this language', () => {
    for (const line of lines) expect(detectLanguage(line)?.tag, line).toBe(language);
  });

  it('are six or more, short, each its own, without digits and tags, one of them asking and one exclaiming', () => {
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThanOrEqual(6);
    expect(lines.filter((line) => line.length > 200 || /\p{Nd}|[[\]<>]/u.test(line))).toEqual([]);
    expect(lines.some((line) => /[?？؟]$|か。$/u.test(line))).toBe(true);
    expect(lines.some((line) => /[!！]/u.test(line))).toBe(true);
  });
});
