import { wordTimings } from '../../../shared/alignment/word-timings.ts';
import type { HeardWord } from '../../../shared/schemas/alignment.ts';
import type { CharacterTimings } from '../../../shared/schemas/take.ts';
import { wordsOf } from '../../../shared/text/words.ts';
import { alignSymbols, type SymbolCosts } from './align-symbols.ts';
import { isMark, isSound, isStress, SPACE, toTokens } from './kokoro-tokens.ts';
import type { KokoroTold } from './speech-commands.ts';
import type { Stretch } from './speech-sound.ts';
import { type WordPart, wordParts } from './word-parts.ts';

/**
 * So much earlier than the model plans a token its sound is heard, in s. Measured at 126 unvoiced fricatives after vowels,
 * six voices: median 0.043 at normal speed, 0.040 at 1.5, 0.047 at 0.7; half of them within 0.006 of it.
 */
const LAG = 0.045;
/** A silence beside a pause of the text may begin or end so much off where the model plans it, in s. */
const AROUND_PAUSE = 0.3;

/** What one run of the model said, of which text. */
export interface SaidText {
  text: string;
  tokens: readonly number[];
  sound: KokoroTold;
}

const COSTS: SymbolCosts<number> = {
  left: (token) => (isSound(token) ? 0.8 : token <= SPACE ? 0.4 : 0.3),
  other: (a, b) => (isSound(a) && isSound(b) ? 1 : isMark(a) && isMark(b) ? 0.4 : 3),
};

/** The tokens of a word: where its own begin (its space with them), its first sound and its last. */
interface TokensOfWord {
  word: number;
  begin: number;
  first: number;
  last: number;
}

function tokensOfWords(tokens: readonly number[], parts: readonly WordPart[], owners: Int32Array): TokensOfWord[] {
  return parts.flatMap(({ word }, part) => {
    if (word === null) return [];
    const own = tokens.flatMap((token, index) => (owners[index] === part && isSound(token) ? [index] : []));
    const [first] = own;
    const last = own.at(-1);
    if (first === undefined || last === undefined) return [];
    let begin = first;
    // The sound of a word begins with the space before it.
    for (let before = tokens[begin - 1]; before === SPACE || isStress(before ?? 0); before = tokens[begin - 1])
      begin -= 1;
    return [{ word, begin, first, last }];
  });
}

/** The longest silence that overlaps a stretch; null where there is none. */
function silenceWithin(silences: readonly Stretch[], from: number, to: number): Stretch | null {
  let longest: Stretch | null = null;
  for (const silence of silences) {
    if (silence.to < from || silence.from > to) continue;
    if (longest === null || silence.to - silence.from > longest.to - longest.from) longest = silence;
  }
  return longest;
}

/** When each word is heard: as the model planned its tokens, and where a pause is written beside it as the sound has it. */
function timesOf(tokens: readonly number[], all: readonly TokensOfWord[], { tokens: times, silences }: KokoroTold) {
  const time = (token: number) => Math.max(0, (times[token] ?? times.at(-1) ?? 0) - LAG);
  const heard = all.map(({ begin }) => ({ from: time(begin), to: 0 }));
  all.forEach(({ last }, index) => {
    const now = heard[index];
    const next = all[index + 1];
    const following = heard[index + 1];
    if (!now) return;
    const until = next?.first ?? tokens.length;
    now.to = Math.max(now.from, following?.from ?? time(tokens.length));
    if (next && !tokens.slice(last, until).some(isMark)) return;
    const pause = silenceWithin(silences, time(last), time(until) + (next ? AROUND_PAUSE / 2 : AROUND_PAUSE));
    if (pause === null || pause.from <= now.from) return;
    now.to = pause.from;
    if (following) following.from = pause.to;
  });
  const [first] = heard;
  const lead = silences.find(({ from }) => from === 0);
  if (first && lead && Math.abs(lead.to - first.from) < AROUND_PAUSE) first.from = Math.min(lead.to, first.to);
  return heard;
}

/**
 * When each character of a text is heard that Kokoro said in one run: its tokens are given to the words whose own tokens,
 * each read by itself, they are most like. Null where that cannot be found out.
 *
 * @param phonemes of a text in Kokoro's alphabet
 */
export async function kokoroTimings(
  { text, tokens, sound }: SaidText,
  language: string,
  phonemes: (text: string) => Promise<string>,
): Promise<CharacterTimings | null> {
  if (sound.tokens.length === 0) return null;
  const parts = wordParts(text, language);
  const read = await Promise.all(parts.map((part) => phonemes(part.text))).catch(() => null);
  if (read === null) return null;
  const symbols = read.map((part, index) => (parts[index]?.spaced ? [SPACE, ...toTokens(part)] : toTokens(part)));
  const spoken = tokensOfWords(tokens, parts, alignSymbols(tokens, symbols, COSTS));
  const times = timesOf(tokens, spoken, sound);
  const words = wordsOf(text, language);
  const heard = spoken.flatMap(({ word }, index): HeardWord[] => {
    const [place, time] = [words[word], times[index]];
    return place && time ? [{ ...place, ...time }] : [];
  });
  // What follows is another piece.
  return wordTimings(`${text} `, heard);
}
