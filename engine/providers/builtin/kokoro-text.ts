import { sayEnglish } from '../../../shared/text/say-numbers.ts';
import { ipaToKokoro, type KokoroAccent } from './ipa-to-kokoro.ts';

/** A language Kokoro speaks: whose phonemes eSpeak NG makes and how they are written. */
export interface KokoroLanguage {
  /** BCP 47 tag. */
  tag: string;
  /** First letter of the ids of its voices. */
  letter: string;
  name: string;
  accentName: string;
  /** eSpeak NG's voice that makes its phonemes. */
  espeak: string;
  accent: KokoroAccent;
  tonal: boolean;
  /** Why its speech is not confirmed; null where a speech recogniser understood it. */
  doubt: string | null;
}

const PHONEMES_BY_ESPEAK = 'its phonemes come from eSpeak NG';

export const KOKORO_LANGUAGES: readonly KokoroLanguage[] = [
  language('a', 'en-US', 'English', 'American', 'gmw/en-US', 'american'),
  language('b', 'en-GB', 'English', 'British', 'gmw/en', 'british'),
  language('e', 'es', 'Spanish', 'Castilian', 'roa/es', 'other'),
  language(
    'f',
    'fr-FR',
    'French',
    'French',
    'roa/fr',
    'other',
    `a speech recogniser got it wrong: ${PHONEMES_BY_ESPEAK}`,
  ),
  language(
    'h',
    'hi',
    'Hindi',
    'Indian',
    'inc/hi',
    'other',
    `a speech recogniser got it only roughly: ${PHONEMES_BY_ESPEAK}`,
  ),
  language('i', 'it', 'Italian', 'Italian', 'roa/it', 'other'),
  language(
    'j',
    'ja',
    'Japanese',
    'Japanese',
    'jpx/ja',
    'other',
    `not confirmed by a speech recogniser: ${PHONEMES_BY_ESPEAK}, which reads kana but no kanji`,
  ),
  language('p', 'pt-BR', 'Portuguese', 'Brazilian', 'roa/pt-BR', 'other'),
  language(
    'z',
    'zh',
    'Chinese',
    'Mandarin',
    'sit/cmn',
    'other',
    `not confirmed by a speech recogniser: ${PHONEMES_BY_ESPEAK}, which loses most tones`,
    true,
  ),
];

function language(
  letter: string,
  tag: string,
  name: string,
  accentName: string,
  espeak: string,
  accent: KokoroAccent,
  doubt: string | null = null,
  tonal = false,
): KokoroLanguage {
  return { tag, letter, name, accentName, espeak, accent, tonal, doubt };
}

/** Marks Kokoro has tokens for; each is kept where it stands, because it shapes the melody. Not inside numbers. */
const MARKS = /((?:(?<!\d)[;:,.!?—…"()“”]|[;:,.!?—…"()“”](?!\d))+)/u;

/** Brings the marks of all scripts to those Kokoro knows. */
function plainMarks(text: string): string {
  return text
    .replace(/[‘’]/gu, "'")
    .replace(/[«»“”„‟《》「」『』]/gu, '"')
    .replace(/[、，]/gu, ', ')
    .replace(/[。．।॥۔]/gu, '. ')
    .replace(/！/gu, '! ')
    .replace(/[？؟]/gu, '? ')
    .replace(/：/gu, ': ')
    .replace(/[；؛]/gu, '; ')
    .replace(/،/gu, ', ')
    .replace(/[（[{]/gu, '(')
    .replace(/[）\]}]/gu, ')')
    .replace(/\.{3,}/gu, '…')
    .replace(/\s[-–]{1,2}(?=\s)|–/gu, ' — ')
    .replace(/[¿¡]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * Text in Kokoro's phonemes.
 *
 * @param ipa asks eSpeak NG for the IPA of several texts
 */
export async function toPhonemes(
  text: string,
  spoken: KokoroLanguage,
  ipa: (voice: string, texts: string[]) => Promise<string[]>,
): Promise<string> {
  const plain = plainMarks(text);
  const parts = (spoken.accent === 'other' ? plain : sayEnglish(plain)).split(MARKS);
  const isText = (index: number) => index % 2 === 0;
  const read = await ipa(
    spoken.espeak,
    parts.filter((_, index) => isText(index)),
  );
  return parts
    .map((part, index) => {
      if (!isText(index)) return part;
      const before = /^\s/u.test(part) ? ' ' : '';
      const after = /\s$/u.test(part) ? ' ' : '';
      return `${before}${ipaToKokoro(read[index / 2] ?? '', spoken.accent, spoken.tonal)}${after}`;
    })
    .join('')
    .replace(/ +/gu, ' ')
    .trim();
}
