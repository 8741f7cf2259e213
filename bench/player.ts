import type { Figure } from './figure.ts';
import { accuracyFigures } from './player-accuracy.ts';
import { leakFigures, underrunFigures } from './player-endurance.ts';
import { exportFigures } from './player-export.ts';
import { latencyFigures } from './player-latency.ts';
import { StudioPage } from './player-page.ts';
import { sliderFigures } from './player-sliders.ts';

/** What can be measured of the player, by the name that `TIMBRE_BENCH_PARTS` takes. */
const PARTS: Record<string, (studio: StudioPage) => Promise<Figure[]>> = {
  latency: latencyFigures,
  sliders: sliderFigures,
  accuracy: accuracyFigures,
  export: exportFigures,
  underruns: underrunFigures,
  leaks: leakFigures,
};

/**
 * The player in the real page on the real engine, fed by a provider whose sound and pace are known.
 *
 * Takes about 30 minutes. `TIMBRE_BENCH_MINUTES` and `TIMBRE_BENCH_TAKES` shorten the long runs and
 * `TIMBRE_BENCH_PARTS` (comma-separated) chooses, for trying it out.
 */
export async function run(): Promise<Figure[]> {
  const asked = process.env.TIMBRE_BENCH_PARTS?.split(',') ?? Object.keys(PARTS);
  const figures: Figure[] = [];
  for (const name of asked) {
    const measure = PARTS[name];
    if (!measure) throw new Error(`There is no part ${name}. There are: ${Object.keys(PARTS).join(', ')}`);
    // Each part begins with a fresh browser, engine and library.
    const studio = await StudioPage.open();
    try {
      figures.push(...(await measure(studio)));
    } finally {
      await studio.close();
    }
  }
  return figures;
}
