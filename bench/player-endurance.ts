import { env } from 'node:process';
import type { Figure } from './figure.ts';
import type { StudioPage } from './player-page.ts';

/** Minutes of the long take; shortened for trying it out. */
const MINUTES = Number(env.TIMBRE_BENCH_MINUTES ?? 10);
/** Takes of the leak run; shortened for trying it out. */
const TAKES = Number(env.TIMBRE_BENCH_TAKES ?? 1000);
const SETTLED = 50;
const MOST_GROWTH_MB = 10;
const SLIDERS = ['Speed', 'Pitch', 'Volume'] as const;

/** A long take from a source at real time with ±100 ms jitter, after one that lets the player learn its pace. */
export async function underrunFigures(studio: StudioPage): Promise<Figure[]> {
  await studio.desk('live', 'Speak for 12 seconds.');
  await studio.renderAgain();
  await studio.until('ended');
  // Pace is kept with the preferences, so the page may be loaded anew.
  await studio.page.waitForTimeout(1500);
  await studio.desk('live', `Speak for ${MINUTES * 60} seconds.`);
  await studio.renderAgain();
  await studio.until('ended', (MINUTES + 2) * 60_000);
  const underruns = await studio.page.evaluate(() => window.tap.underruns);
  return [
    {
      what: `underruns in ${MINUTES} min at real time with ±100 ms jitter`,
      reach: '0',
      got: underruns,
      unit: '',
      ok: underruns === 0,
    },
  ];
}

/** What the page holds at one time. */
interface Held {
  nodes: number;
  contexts: number;
  workers: number;
  listeners: number;
  megabytes: number;
}

/** Many takes one after the other, sliders flipped while they play. */
export async function leakFigures(studio: StudioPage): Promise<Figure[]> {
  await studio.desk('ready', 'Speak for 0.4 seconds.');
  await studio.cdp.send('Performance.enable');
  let before: Held | null = null;
  for (let take = 1; take <= TAKES; take += 1) {
    await studio.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await studio.renderAgain();
    const slider = SLIDERS[take % SLIDERS.length] ?? 'Speed';
    await studio.page.getByRole('slider', { name: slider, exact: true }).focus();
    await studio.page.keyboard.press(take % 2 === 0 ? 'ArrowUp' : 'ArrowDown');
    await studio.until('ended');
    if (take === SETTLED) before = await held(studio);
  }
  const after = await held(studio);
  if (!before) throw new Error(`At least ${SETTLED} takes are needed.`);
  const growth = after.megabytes - before.megabytes;
  const more = (name: 'nodes' | 'contexts' | 'workers' | 'listeners'): Figure => ({
    what: `${name} more after ${TAKES} takes than after ${SETTLED}`,
    reach: '0',
    got: after[name] - before[name],
    unit: '',
    ok: after[name] <= before[name],
  });
  return [
    more('contexts'),
    more('nodes'),
    more('workers'),
    more('listeners'),
    {
      what: `heap and buffers more after ${TAKES} takes than after ${SETTLED}`,
      reach: `at most ${MOST_GROWTH_MB} MB`,
      got: growth,
      unit: 'MB',
      ok: growth <= MOST_GROWTH_MB,
    },
  ];
}

async function held({ cdp, page }: StudioPage): Promise<Held> {
  // What was just let go is collected in rounds: finalisers free what the next round collects.
  for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  const { nodes, contexts } = await page.evaluate(() => ({ nodes: window.tap.nodes, contexts: window.tap.contexts }));
  return {
    nodes,
    contexts,
    workers: page.workers().length,
    listeners: metric('JSEventListeners'),
    megabytes: (metric('JSHeapUsedSize') + metric('ArrayBufferContents')) / 1e6,
  };
}
