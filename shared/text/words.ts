/** A word of a text and where it stands. */
export interface Word {
  word: string;
  /** Index of its first character (UTF-16), and of the one after its last. */
  at: number;
  end: number;
}

/** Marks in square brackets (pauses, stage directions), markup and its entities: what is not read as words. */
const NO_WORDS = /\[[^[\]]{1,60}\]|<[a-z!?/][^<>]*>|&(?:#x?[0-9a-f]{1,7}|[a-z]{2,8});/giu;
const HAS_WORD = /[\p{L}\p{N}]/u;

function segmenter(language: string | null): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language ?? undefined, { granularity: 'word' });
  } catch {
    // A tag that is none: the words of most languages are parted alike.
    return new Intl.Segmenter('en', { granularity: 'word' });
  }
}

/**
 * The words of a text in order (Unicode UAX 29, for scripts without spaces by dictionary). Numbers are words, with their
 * decimals; an apostrophe inside a word belongs to it. Marks in square brackets and markup are none.
 *
 * @param language BCP 47 tag, where it is known
 */
export function wordsOf(text: string, language: string | null = null): Word[] {
  const spoken = text.replace(NO_WORDS, (mark) => ' '.repeat(mark.length));
  const words: Word[] = [];
  for (const { segment, index } of segmenter(language).segment(spoken)) {
    if (HAS_WORD.test(segment)) words.push({ word: segment, at: index, end: index + segment.length });
  }
  return words;
}
