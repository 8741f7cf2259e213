import { alignmentFigures } from './compare-alignment.ts';
import { flipFigures } from './compare-flip.ts';
import { listeningFigures } from './compare-listening.ts';
import { loudnessFigures } from './compare-loudness.ts';
import type { Figure } from './figure.ts';
import { runParts } from './run-parts.ts';

/** Where flips land, how loud slots are against each other, how soon a flip is heard, how honest the statistics are. */
export function run(): Promise<Figure[]> {
  return runParts({
    alignment: alignmentFigures,
    loudness: loudnessFigures,
    flip: flipFigures,
    listening: listeningFigures,
  });
}
