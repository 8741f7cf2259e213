import type { HeardWord } from '../schemas/alignment.ts';
import type { CharacterTimings } from '../schemas/take.ts';
import { matchLetters } from '../text/match-letters.ts';
import { type Word, wordsOf } from '../text/words.ts';

/** Part of a word's letters that must be found for it to be heard there. */
const ENOUGH = 0.5;

/** The letters of a text's words, each as it is compared: without case, accents, or the form of an apostrophe. */
interface Letters {
  folded: string[];
  /** Index of each in the text (UTF-16). */
  at: number[];
  /** Of each word its first letter; and the number of all. */
  starts: number[];
}

function lettersOf(words: readonly Word[]): Letters {
  const letters: Letters = { folded: [], at: [], starts: [0] };
  for (const { word, at } of words) {
    let index = at;
    for (const character of word) {
      for (const folded of character.normalize('NFKD').toLowerCase()) {
        if (!/[\p{L}\p{M}\p{N}]/u.test(folded) || /[\u0300-\u036f]/u.test(folded)) continue;
        letters.folded.push(folded);
        letters.at.push(index);
      }
      index += character.length;
    }
    letters.starts.push(letters.folded.length);
  }
  return letters;
}

const wholeWords = ({ folded, starts }: Letters) =>
  starts.slice(1).map((end, word) => folded.slice(starts[word] ?? 0, end).join(''));

/** For each letter its told one, or -1: by whole words first, then by the letters of what lies between those. */
function match(own: Letters, told: Letters): Int32Array {
  const matches = new Int32Array(own.at.length).fill(-1);
  const between = (from: number, to: number, toldFrom: number, toldTo: number) => {
    const found = matchLetters(own.folded.slice(from, to), told.folded.slice(toldFrom, toldTo));
    found?.forEach((letter, index) => {
      if (letter >= 0) matches[from + index] = toldFrom + letter;
    });
  };
  let done = 0;
  let toldDone = 0;
  matchLetters(wholeWords(own), wholeWords(told))?.forEach((toldWord, word) => {
    const [from = 0, to = 0] = own.starts.slice(word, word + 2);
    const toldFrom = told.starts[toldWord] ?? 0;
    if (toldWord < 0) return;
    between(done, from, toldDone, toldFrom);
    for (let letter = from; letter < to; letter += 1) matches[letter] = toldFrom + letter - from;
    done = to;
    toldDone = toldFrom + to - from;
  });
  between(done, own.at.length, toldDone, told.at.length);
  return matches;
}

/** First and last of the letters of a told text that a word is. */
interface Found {
  first: number;
  last: number;
}

/** For each word the told letters it is; null where too few of its own are among them. */
function find({ starts }: Letters, matches: Int32Array): (Found | null)[] {
  return starts.slice(1).map((end, word) => {
    const start = starts[word] ?? 0;
    const found = matches.slice(start, end).filter((index) => index >= 0);
    const [first] = found;
    const last = found.at(-1);
    return first === undefined || last === undefined || found.length < ENOUGH * (end - start) ? null : { first, last };
  });
}

/**
 * Gives words that were told otherwise than they are written (a number written out) what was told between their
 * neighbours, each its share by length. Where nothing was, they were not spoken.
 */
function fillGaps(words: readonly Word[], found: (Found | null)[], told: number): void {
  for (let from = 0; from < found.length; from += 1) {
    if (found[from] !== null) continue;
    let to = from;
    while (to < found.length && found[to] === null) to += 1;
    const first = (found[from - 1]?.last ?? -1) + 1;
    const count = (found[to]?.first ?? told) - first;
    const run = words.slice(from, to);
    const length = run.reduce((sum, { word }) => sum + word.length, 0);
    let before = 0;
    for (const [index, { word }] of run.entries()) {
      const start = first + Math.floor((before / length) * count);
      before += word.length;
      const end = first + Math.floor((before / length) * count);
      if (end > start) found[from + index] = { first: start, last: end - 1 };
    }
    from = to;
  }
}

/**
 * The words of a text with when they are heard, from what a provider told of its characters. The characters told may
 * differ from the text: spaces, quotes, case, tags that were taken out, numbers written out. Words that were not spoken
 * are left out.
 *
 * @param language BCP 47 tag, where it is known
 */
export function heardWords(text: string, timings: CharacterTimings, language: string | null = null): HeardWord[] {
  const words = wordsOf(text, language);
  const own = lettersOf(words);
  const told = lettersOf(wordsOf(timings.characters.join(''), language));
  const found = find(own, match(own, told));
  fillGaps(words, found, told.at.length);
  const entries = timings.characters.flatMap((characters, entry) => new Array<number>(characters.length).fill(entry));
  const entryOf = (letter: number) => entries[told.at[letter] ?? 0] ?? 0;
  return words.flatMap((word, index) => {
    const place = found[index];
    if (!place) return [];
    const from = timings.starts[entryOf(place.first)] ?? 0;
    return [{ ...word, from, to: Math.max(from, timings.ends[entryOf(place.last)] ?? from) }];
  });
}
