import type { Figure } from './figure.ts';

/**
 * Measures the parts of a benchmark one after the other: all of them, or those that `TIMBRE_BENCH_PARTS` (comma-separated)
 * chooses, for trying it out.
 */
export async function runParts(parts: Record<string, () => Figure[] | Promise<Figure[]>>): Promise<Figure[]> {
  const asked = process.env.TIMBRE_BENCH_PARTS?.split(',') ?? Object.keys(parts);
  const figures: Figure[] = [];
  for (const name of asked) {
    const measure = parts[name];
    if (!measure) throw new Error(`There is no part ${name}. There are: ${Object.keys(parts).join(', ')}`);
    figures.push(...(await measure()));
  }
  return figures;
}
