import { wordsOf } from '../../../shared/text/words.ts';

/** A part of a text that is read by itself: a word with the signs that are read with it, or signs alone. */
export interface WordPart {
  text: string;
  /** Index of its first character (UTF-16). */
  at: number;
  /** Index of its word among those of the text; null where it has none. */
  word: number | null;
  /** Whether a space stands before it. */
  spaced: boolean;
}

/**
 * A text parted between its words, no character lost but spaces: at the spaces, and where there are none, behind the first
 * of two words. “$3.50” and “50%” are one part, as they are read.
 *
 * @param language BCP 47 tag, where it is known
 */
export function wordParts(text: string, language: string | null): WordPart[] {
  const words = wordsOf(text, language);
  const parts: WordPart[] = [];
  let next = 0;
  for (const { 0: chunk, index } of text.matchAll(/\S+/gu)) {
    const end = index + chunk.length;
    let at = index;
    do {
      const word = words[next];
      const isHere = word !== undefined && word.at < end;
      const following = words[next + 1];
      const until = isHere && following && following.at < end ? word.end : end;
      parts.push({
        text: text.slice(at, until),
        at,
        word: isHere ? next : null,
        spaced: at === index && parts.length > 0,
      });
      if (isHere) next += 1;
      at = until;
    } while (at < end);
  }
  return parts;
}
