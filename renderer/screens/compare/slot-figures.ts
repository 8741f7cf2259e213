import { costWords, type TakeFigures, takeFigures } from '../../../shared/report/take-figures.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import type { HeardLevel } from '../../../shared/sound/equal-loudness.ts';
import { levelWords, NO_FIGURE, orNone, waitWords } from '../../../shared/text/figure-words.ts';

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

/**
 * What is shown of a take as it is heard: with its own speed, pitch and volume.
 *
 * @param level how loud it is as it is heard; null while that is not known
 * @param gain dB that make it equally loud; null where that is off or not known
 */
export function slotFigures(take: Take | null, level: HeardLevel | null, gain: number | null): SlotFigures {
  const figures = take && takeFigures(take, level);
  const none = <Name extends keyof TakeFigures>(name: Name, words: (value: number) => string) =>
    orNone(figures?.[name] ?? null, words);
  return {
    first: none('firstSound', waitWords),
    total: none('total', waitWords),
    cost: take && take.source === 'rendered' ? costWords(take) : NO_FIGURE,
    loudness: none('loudness', levelWords),
    gain: orNone(gain, (value) => (Math.abs(value) < 0.05 ? '0.0' : levelWords(value))),
    length: none('duration', (value) => value.toFixed(2)),
    pace: none('wordsPerMinute', (value) => value.toFixed(0)),
    pitch: none('pitch', (value) => value.toFixed(0)),
    range: none('pitchRange', (value) => value.toFixed(1)),
  };
}
