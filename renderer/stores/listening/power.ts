import { power, powerEitherWay } from '../../../shared/listening/binomial.ts';
import { LEVEL, leastListeners } from '../../../shared/listening/choice-results.ts';
import { testOverListeners } from '../../../shared/listening/over-listeners.ts';
import { seeded } from '../../../shared/seeded.ts';

/** How often the listeners that are asked about are right, or choose the same one. */
export const RATES = [0.7, 0.8, 0.9] as const;

/** Most listeners whose common test is tried out beforehand: every pattern of signs is counted each time. */
const MOST_TRIED = 10;
/** How often it is tried out: the power is then right to within three hundredths or so. */
const TRIED = 300;
/** The same plan gives the same figures. */
const SEED = 20240611;

/** One-sided where only hits count (ABX), two-sided where either of two may win (preference). */
export type Sides = 1 | 2;

/** How often a listener of each of {@link RATES} is found. @param trials that are not left out */
export function powerOfOne(trials: number, sides: Sides): number[] {
  return RATES.map((rate) => (sides === 1 ? power(trials, rate, LEVEL) : powerEitherWay(trials, rate, LEVEL)));
}

/** What the test over listeners can find. */
export interface PowerOverListeners {
  /** How often listeners of each of {@link RATES} are found together. */
  found: readonly number[];
  /** False where more listeners are planned than were tried out: they are found at least as often. */
  exactly: boolean;
}

/**
 * What the test over listeners can find, tried out with listeners who are all right as often as each other.
 * @returns null where too few are planned for any result to be significant
 */
export function powerOverListeners(listeners: number, trials: number, sides: Sides): PowerOverListeners | null {
  if (listeners < leastListeners(sides)) return null;
  const tried = Math.min(listeners, MOST_TRIED);
  const found = RATES.map((rate) => {
    const random = seeded(SEED);
    let significant = 0;
    for (let run = 0; run < TRIED; run += 1) {
      const values = Array.from({ length: tried }, () => shareRight(trials, rate, random) - 0.5);
      if (testOverListeners(values, sides, SEED).p <= LEVEL) significant += 1;
    }
    return significant / TRIED;
  });
  return { found, exactly: tried === listeners };
}

function shareRight(trials: number, rate: number, random: () => number): number {
  let right = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random() < rate) right += 1;
  return right / trials;
}
