import { splitText, textWeight } from './split.ts';

/**
 * Letters (see {@link textWeight}) said in a second at normal speed, by language. Measured on Kokoro for en, es, fr,
 * it, pt and hi; for others the value of the nearest kind of script.
 */
const LETTERS_PER_SECOND: Readonly<Record<string, number>> = {
  en: 13.5,
  es: 14,
  fr: 13.5,
  it: 14,
  pt: 13.5,
  hi: 9,
  ja: 13,
  zh: 15,
};
const OTHERS = 13;
/** Silence at the end of a sentence and of a clause, in seconds. */
const SENTENCE_PAUSE = 0.35;

/**
 * About how many seconds a text will take to say.
 *
 * @param language BCP 47 tag, or null where it is not known
 * @param speed times normal
 */
export function estimateSeconds(text: string, language: string | null, speed: number): number {
  const rate = LETTERS_PER_SECOND[(language ?? 'en').split('-')[0]?.toLowerCase() ?? 'en'] ?? OTHERS;
  let spoken = 0;
  let silent = 0;
  let previous = false;
  for (const piece of splitText(text, { first: 1000, most: 1000, growth: 1 })) {
    if (piece.kind === 'pause') silent += piece.seconds;
    else {
      spoken += textWeight(piece.text) / rate + (previous ? SENTENCE_PAUSE : 0);
      previous = true;
    }
  }
  return spoken / speed + silent;
}
