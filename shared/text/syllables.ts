import { wordsOf } from './words.ts';

/** Vowels of alphabets whose syllables have one each: Latin with its accents taken off, Greek, Cyrillic. */
const VOWELS = /[aeiouyæøœıαεηιουωаеёиоуыэюяіїєўө]+/gu;
/** Scripts that write a syllable, or a mora, as one character. */
const SYLLABIC = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
/** Kana that belong to the syllable before them. */
const SMALL_KANA = /[ゃゅょぁぃぅぇぉゎャュョァィゥェォヮ]/gu;
/** Letters of scripts that write vowels as signs on consonants: each letter a syllable, unless a sign mutes its vowel. */
const SIGNED = /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Thai}]/gu;
const MUTED = /[्্்్]/gu;
/** An e at the end of an English word, which is not spoken but after l and where it is the only vowel. */
const SILENT_E = /(?<=[aeiouy].*[^aeiouyl])e(?:s|d)?$/u;
/** Except where the ending is a syllable: wanted, needed, boxes, houses. */
const SPOKEN_ENDING = /(?:[td]ed|[sxz]es|ches|shes|ges|ces)$/u;
/** Two vowels in one group that are two syllables: cre-ate, sci-ence, vide-o, ide-a, going. */
const APART = /(?<=i)[ao](?!u|n\b)|(?<=e)o|(?<=cr)ea|(?<=sc)ie|(?<=u)a(?=l)|(?<=o)ing/gu;
/** Digits are read out: a digit is about so many syllables. */
const PER_DIGIT = 1.3;

/** Syllables of a word in Latin letters, its accents taken off. */
function latin(word: string, isEnglish: boolean): number {
  const spoken = isEnglish && !SPOKEN_ENDING.test(word) ? word.replace(SILENT_E, '') : word;
  const groups = spoken.match(VOWELS)?.length ?? 0;
  const apart = isEnglish ? (spoken.match(APART)?.length ?? 0) : 0;
  return Math.max(1, groups + apart);
}

/**
 * How many syllables a text has, about: groups of vowels, by the rules of English where the text is; a character each in
 * scripts that write syllables. Good to some hundredths over a few sentences, which is what a speaking rate needs.
 *
 * @param language BCP 47 tag, where it is known
 */
export function countSyllables(text: string, language: string | null = null): number {
  const isEnglish = language === null || /^en\b/i.test(language);
  return wordsOf(text, language).reduce((sum, { word }) => {
    const lower = word.toLowerCase();
    const digits = lower.match(/\p{N}/gu)?.length ?? 0;
    if (digits > 0) return sum + Math.max(1, Math.round(digits * PER_DIGIT));
    const written = lower.match(SYLLABIC)?.length ?? 0;
    if (written > 0) return sum + Math.max(1, written - (lower.match(SMALL_KANA)?.length ?? 0));
    const signed = lower.match(SIGNED)?.length ?? 0;
    if (signed > 0) {
      const letters = lower.replace(/\p{M}/gu, '').length;
      return sum + Math.max(1, letters - (lower.match(MUTED)?.length ?? 0));
    }
    return sum + latin(lower.normalize('NFD').replace(/\p{M}/gu, ''), isEnglish);
  }, 0);
}
