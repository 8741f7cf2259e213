import { alignmentFigures } from './compare-alignment.ts';
import { flipFigures } from './compare-flip.ts';
import { listeningFigures } from './compare-listening.ts';
import { loudnessFigures } from './compare-loudness.ts';
import type { Figure } from './figure.ts';

/** What can be measured of Compare, by the name that `TIMBRE_BENCH_PARTS` takes. */
const PARTS: Record<string, () => Figure[] | Promise<Figure[]>> = {
  alignment: alignmentFigures,
  loudness: loudnessFigures,
  flip: flipFigures,
  listening: listeningFigures,
};

/**
 * Where flips land, how loud slots are against each other, how soon a flip is heard, and how honest the statistics are.
 * `TIMBRE_BENCH_PARTS` (comma-separated) chooses, for trying it out.
 */
export async function run(): Promise<Figure[]> {
  const asked = process.env.TIMBRE_BENCH_PARTS?.split(',') ?? Object.keys(PARTS);
  const figures: Figure[] = [];
  for (const name of asked) {
    const measure = PARTS[name];
    if (!measure) throw new Error(`There is no part ${name}. There are: ${Object.keys(PARTS).join(', ')}`);
    figures.push(...(await measure()));
  }
  return figures;
}
