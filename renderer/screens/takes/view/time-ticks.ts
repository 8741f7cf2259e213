import { clock } from '../take-words.ts';

/** Seconds from one label to the next, and into how many parts the way between them is divided. */
const STEPS: readonly (readonly [seconds: number, parts: number])[] = [
  [0.01, 5],
  [0.02, 4],
  [0.05, 5],
  [0.1, 5],
  [0.2, 4],
  [0.5, 5],
  [1, 5],
  [2, 4],
  [5, 5],
  [10, 5],
  [15, 3],
  [30, 3],
  [60, 4],
  [120, 4],
  [300, 5],
  [600, 5],
  [1800, 3],
  [3600, 4],
];

/** CSS pixels between the beginnings of two labels, at least. */
const LABEL_ROOM = 64;

/** A mark on the time axis. */
export interface TimeTick {
  seconds: number;
  /** Null for a small one between two labels. */
  label: string | null;
}

/**
 * The marks of a time axis between two moments: round numbers, as close together as their labels allow.
 *
 * @param from seconds
 * @param to seconds
 * @param perSecond CSS pixels of a second
 */
export function timeTicks(from: number, to: number, perSecond: number): TimeTick[] {
  const [step, parts] = STEPS.find(([seconds]) => seconds * perSecond >= LABEL_ROOM) ?? [3600, 4];
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  const small = step / parts;
  const ticks: TimeTick[] = [];
  // Counted, not added up: the thousandth mark is where it belongs.
  for (let index = Math.ceil(from / small - 1e-9); index * small <= to + 1e-9; index += 1) {
    const seconds = index * small;
    ticks.push({ seconds, label: index % parts === 0 ? clock(seconds, digits) : null });
  }
  return ticks;
}
