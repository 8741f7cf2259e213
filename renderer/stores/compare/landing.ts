import type { TimeMap } from '../../../shared/alignment/time-map.ts';
import type { HeardWord } from '../../../shared/schemas/alignment.ts';
import type { Switching } from '../../../shared/schemas/comparison.ts';
import { sentencesOf } from '../../../shared/text/sentences.ts';

/** Why a flip did not land on the same word. */
export type FlipNote = 'untrusted' | 'unaligned' | null;

/** Where a flip goes on in the other take, and what is to be said of it. */
export interface FlipLanding {
  to: { map: TimeMap } | { same: 'second' } | { at: number };
  note: FlipNote;
}

/** One of two takes between which is flipped. */
export interface FlipSide {
  /** None where they are not known for sure. */
  words: readonly HeardWord[];
  /** s. */
  duration: number;
}

/** Index of the word that is heard at a time in s, or was last before it; -1 before the first one. */
export function wordAt(words: readonly HeardWord[], time: number): number {
  return words.findLastIndex(({ from }) => from <= time + 0.001);
}

/**
 * Where the sentence that is heard in one take begins in another one, in s; its beginning where that is not known.
 *
 * @param position s of the take that is heard
 */
export function sentenceStart(text: string, from: FlipSide, position: number, to: FlipSide): number {
  const word = from.words[Math.max(0, wordAt(from.words, position))];
  const sentence = sentencesOf(text).findLast(({ at }) => word !== undefined && at <= word.at);
  return to.words.find(({ at }) => sentence !== undefined && at >= sentence.at)?.from ?? 0;
}

/**
 * Decides where a flip lands.
 *
 * @param alignment how the takes lie in time; null while it is not known: then the same part of the way is near
 * @param position s of the take that is heard
 */
export function flipLanding(
  switching: Switching,
  text: string,
  sides: { from: FlipSide; to: FlipSide; position: number },
  alignment: { trusted: boolean; map: TimeMap } | null,
): FlipLanding {
  const { from, to, position } = sides;
  if (switching === 'second') return { to: { same: 'second' }, note: null };
  if (switching === 'restart') return { to: { at: 0 }, note: null };
  if (alignment?.trusted) return { to: { map: alignment.map }, note: null };
  if (alignment === null) {
    return { to: { map: { from: [0, from.duration], to: [0, to.duration] } }, note: 'unaligned' };
  }
  return { to: { at: sentenceStart(text, from, position, to) }, note: 'untrusted' };
}
