import { cleanText } from '../../shared/text/sanitise.ts';

/** Marks in square brackets: pauses, sounds, and stage directions. */
const MARKS = /\[[^[\]]{1,60}\]/gu;
const PAUSE = /^\[\s*pause\b/iu;

/** What of a text is words. */
export interface SpokenWords {
  text: string;
  /** Whether the words are all that is heard of it: a laugh takes time, a pause is none of the speech. */
  all: boolean;
}

/** The words of a text without markup, pauses and stage directions. */
export function spokenWords(text: string): SpokenWords {
  const clean = cleanText(text).text;
  const all = (clean.match(MARKS) ?? []).every((mark) => PAUSE.test(mark));
  const words = clean
    .replace(MARKS, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/ +([,.;:!?…])/gu, '$1')
    .trim();
  return { text: words, all };
}
