import { eld } from 'eld/small';
import type { DetectedLanguage } from '../../shared/schemas/text.ts';

/** Characters looked at: enough to tell, few enough to be quick. */
const LOOKED_AT = 2000;
/** Fewest letters and words a text of an alphabet must have before its language is said to be sure. */
const FEWEST_LETTERS = 12;
const FEWEST_WORDS = 3;
/** How far the best score (0-1) must lie above the best one of another family. */
const CLEAR_LEAD = 0.02;
/** Scripts that write words without spaces, where a few characters tell. */
const NO_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u;

/** Tags of the detector that stand for the same or nearly the same written language as another one. */
const ALIASES: Readonly<Record<string, string>> = {
  no: 'nb',
  nn: 'nb',
  tl: 'fil',
  cmn: 'zh',
  yue: 'zh',
  hak: 'zh',
  hr: 'sr',
  bs: 'sr',
  ms: 'id',
  mr: 'hi',
};

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** English name of a language by its BCP 47 tag. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Tag without region, in which languages written nearly alike are one. */
export function languageFamily(tag: string): string {
  const base = tag.split('-')[0]?.toLowerCase() ?? tag;
  return ALIASES[base] ?? base;
}

function longEnough(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.some((letter) => NO_SPACES.test(letter))) return letters.length >= 4;
  const words = text.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  return letters.length >= FEWEST_LETTERS && words.length >= FEWEST_WORDS;
}

/** The language a text is written in, or null where nothing can be told. Marks in square brackets do not count. */
export function detectLanguage(text: string): DetectedLanguage | null {
  const words = text.slice(0, LOOKED_AT).replace(/\[[^\]]*\]/gu, ' ');
  const found = eld.detect(words);
  if (found.language === '') return null;
  const scores = found.getScores();
  const best = scores[found.language] ?? 0;
  const others = Object.entries(scores).filter(([tag]) => languageFamily(tag) !== languageFamily(found.language));
  const second = Math.max(0, ...others.map(([, score]) => score));
  const tag = found.language === 'no' ? 'nb' : found.language;
  const sure = found.isReliable() && best - second >= CLEAR_LEAD && longEnough(words);
  return { tag, name: languageName(tag), sure };
}

/**
 * Words for a person where the text is surely in a language the voice does not speak; null otherwise.
 *
 * @param voice its name and the BCP 47 tags of its languages; with none nothing is known and nothing is said
 */
export function languageMismatch(
  language: DetectedLanguage | null,
  voice: { name: string; languages: readonly string[] },
): string | null {
  if (!language?.sure || voice.languages.length === 0) return null;
  const spoken = voice.languages.map(languageFamily);
  if (spoken.includes(languageFamily(language.tag))) return null;
  const names = [...new Set(voice.languages.map((tag) => languageName(tag.split('-')[0] ?? tag)))];
  const known = names.length > 3 ? `${names.slice(0, 3).join(', ')} and others` : names.join(' and ');
  return `This text looks like ${language.name}, and ${voice.name} speaks ${known}: it may not sound right.`;
}
