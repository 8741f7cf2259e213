import type { Figure } from './figure.ts';
import { accuracyFigures } from './player-accuracy.ts';
import { leakFigures, underrunFigures } from './player-endurance.ts';
import { exportFigures } from './player-export.ts';
import { latencyFigures } from './player-latency.ts';
import { StudioPage } from './player-page.ts';
import { sliderFigures } from './player-sliders.ts';
import { runParts } from './run-parts.ts';

/** Each part begins with a fresh browser, engine and library. */
function fresh(measure: (studio: StudioPage) => Promise<Figure[]>): () => Promise<Figure[]> {
  return async () => {
    const studio = await StudioPage.open();
    try {
      return await measure(studio);
    } finally {
      await studio.close();
    }
  };
}

/**
 * The player in the real page on the real engine, fed by a provider whose sound and pace are known.
 *
 * Takes about 30 minutes. `TIMBRE_BENCH_MINUTES` and `TIMBRE_BENCH_TAKES` shorten the long runs.
 */
export function run(): Promise<Figure[]> {
  return runParts({
    latency: fresh(latencyFigures),
    sliders: fresh(sliderFigures),
    accuracy: fresh(accuracyFigures),
    export: fresh(exportFigures),
    underruns: fresh(underrunFigures),
    leaks: fresh(leakFigures),
  });
}
