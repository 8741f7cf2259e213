import type { Figure } from './figure.ts';
import { matchingAccuracyFigures } from './matching-identity.ts';
import { matchingSpeedFigures } from './matching-speed.ts';
import { runParts } from './run-parts.ts';

/** Whether voices are found again among others, whether the settings that changed them are, and how long that takes. */
export function run(): Promise<Figure[]> {
  return runParts({ accuracy: matchingAccuracyFigures, speed: matchingSpeedFigures });
}
