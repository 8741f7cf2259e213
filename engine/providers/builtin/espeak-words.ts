import { wordTimings } from '../../../shared/alignment/word-timings.ts';
import type { HeardWord } from '../../../shared/schemas/alignment.ts';
import type { CharacterTimings } from '../../../shared/schemas/take.ts';
import { wordsOf } from '../../../shared/text/words.ts';
import { alignSymbols } from './align-symbols.ts';
import type { EspeakTold } from './speech-commands.ts';
import { type WordPart, wordParts } from './word-parts.ts';

/** What eSpeak said, of which text. */
export interface SaidByEspeak {
  text: string;
  told: EspeakTold;
  /** Length of the sound. */
  seconds: number;
}

/** A part of the text and when it begins. */
interface Begun {
  part: number;
  time: number;
}

const COSTS = { left: () => 0.8, other: () => 1 };
const symbolsOf = (ipa: string) =>
  ipa
    .split(/[_\s]+/u)
    .map(plain)
    .filter((phoneme) => phoneme !== '');
/** Without stress, which is not the same in a word by itself, and marks of other languages. */
const plain = (phoneme: string) => phoneme.replace(/[ˈˌ]|\([a-z-]+\)/gu, '');

/** When the parts begin that eSpeak told of. Later words of the same part (a number is several) do not begin it again. */
function begun(text: string, parts: readonly WordPart[], { words }: EspeakTold): Begun[] {
  const unitOf = codePointPlaces(text);
  const found: Begun[] = [];
  for (const { at, time } of words) {
    const unit = unitOf[at] ?? text.length;
    const part = parts.findLastIndex((candidate) => candidate.at <= unit);
    if (part > (found.at(-1)?.part ?? -1)) found.push({ part, time });
  }
  return found;
}

/** For each code point its index in UTF-16. */
function codePointPlaces(text: string): number[] {
  const places: number[] = [];
  let unit = 0;
  for (const character of text) {
    places.push(unit);
    unit += character.length;
  }
  return places;
}

/** Parts that eSpeak joined to the one before: each begins with the first phoneme that is its own. */
function joinedParts(first: Begun, ipa: readonly string[], phonemes: EspeakTold['phonemes']): Begun[] {
  const spoken = phonemes.map((phoneme) => plain(phoneme.ipa));
  const owners = alignSymbols(spoken, ipa.map(symbolsOf), COSTS);
  return ipa.flatMap((_, index) => {
    const own = phonemes[owners.indexOf(index)];
    return index > 0 && own ? [{ part: first.part + index, time: own.time }] : [];
  });
}

/**
 * When each character of a text is heard that eSpeak said. Null where that cannot be found out.
 *
 * @param language BCP 47 tag of the voice
 * @param read IPA of each text
 */
export async function espeakTimings(
  { text, told, seconds }: SaidByEspeak,
  language: string | null,
  read: (texts: string[]) => Promise<string[]>,
): Promise<CharacterTimings | null> {
  const parts = wordParts(text, language);
  const starts = begun(text, parts, told);
  const isWhole = starts.length === parts.length;
  const ipa = isWhole ? [] : await read(parts.map((part) => part.text)).catch(() => null);
  if (ipa === null) return null;
  const all = starts.flatMap((start, index) => {
    const next = starts[index + 1];
    const joined = ipa.slice(start.part, next?.part);
    if (joined.length < 2) return [start];
    const within = told.phonemes.filter(
      ({ ipa: phoneme, time }) => plain(phoneme) !== '' && time >= start.time && time < (next?.time ?? seconds),
    );
    return [start, ...joinedParts(start, joined, within)];
  });
  const words = wordsOf(text, language);
  const heard = all.flatMap(({ part, time }, index): HeardWord[] => {
    const word = words[parts[part]?.word ?? -1];
    const until = all[index + 1]?.time ?? seconds;
    return word ? [{ ...word, from: time, to: Math.max(time, endOf(told, time, until)) }] : [];
  });
  // What follows is another piece.
  return wordTimings(`${text} `, heard);
}

/** Where the last phoneme of a stretch ends: with the pause after it, where there is one. */
function endOf({ phonemes }: EspeakTold, from: number, to: number): number {
  const within = phonemes.filter(({ time }) => time >= from && time < to);
  const last = within.findLastIndex(({ ipa }) => ipa !== '');
  return within[last + 1]?.time ?? to;
}
