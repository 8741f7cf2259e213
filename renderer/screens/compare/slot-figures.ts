import type { Take } from '../../../shared/schemas/take.ts';
import type { HeardLevel } from '../../../shared/sound/equal-loudness.ts';
import { wordsOf } from '../../../shared/text/words.ts';
import { costWords, firstSound, levelWords, NO_FIGURE, takeSeconds, waitWords } from '../takes/take-words.ts';

/** Figures of a slot's take, in words. */
export interface SlotFigures {
  first: string;
  total: string;
  cost: string;
  loudness: string;
  gain: string;
  length: string;
  pace: string;
  pitch: string;
  range: string;
}

const orNone = (value: number | null, words: (value: number) => string) => (value === null ? NO_FIGURE : words(value));

/** Words in a minute of a text that takes so many seconds. */
function wordsPerMinute(take: Take, seconds: number): number | null {
  const words = wordsOf(take.text, take.language).length;
  return words > 0 && seconds > 0 ? (words * 60) / seconds : null;
}

/**
 * What is shown of a take as it is heard: with its own speed, pitch and volume.
 *
 * @param level how loud it is as it is heard; null while that is not known
 * @param gain dB that make it equally loud; null where that is off or not known
 */
export function slotFigures(take: Take | null, level: HeardLevel | null, gain: number | null): SlotFigures {
  const seconds = take && takeSeconds(take);
  const heard = take !== null && seconds !== null ? seconds / take.studio.speed : null;
  const total = take?.lastByteAt ? take.lastByteAt - take.sentAt : null;
  const pitch = take?.measurements?.pitch ?? null;
  const ownLoudness = take?.measurements?.loudness ?? null;
  const loudness =
    level?.loudness ?? level?.spoken ?? (take && ownLoudness !== null ? ownLoudness + take.studio.volume : null);
  return {
    first: orNone(take && !take.cached ? firstSound(take) : null, waitWords),
    total: orNone(take && !take.cached ? total : null, waitWords),
    cost: take && take.source === 'rendered' ? costWords(take) : NO_FIGURE,
    loudness: orNone(loudness, levelWords),
    gain: orNone(gain, (value) => (Math.abs(value) < 0.05 ? '0.0' : levelWords(value))),
    length: orNone(heard, (value) => value.toFixed(2)),
    pace: orNone(take && heard !== null ? wordsPerMinute(take, heard) : null, (value) => value.toFixed(0)),
    pitch: orNone(take && pitch !== null ? pitch * 2 ** (take.studio.pitch / 12) : null, (value) => value.toFixed(0)),
    range: orNone(take?.measurements?.pitchRange ?? null, (value) => value.toFixed(1)),
  };
}
