import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright';
import { CACHE, inRoot } from '../build/paths.ts';
import { chromiumForTests } from '../e2e/runtime/browser-runtime.ts';
import { startWebShell } from '../e2e/web-shell.ts';
import type { Figure } from './figure.ts';

const LOADS = 11;
const READY_MS = 1000;
const SCRIPT_KB = 350;

/** How soon the page of the browser shell can be used, and how much of it has to be fetched for that. */
export async function run(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'timbre-bench-'));
  const env = { ...process.env, TIMBRE_HOME: home, TIMBRE_MODELS: join(CACHE, 'models') };
  const shell = await startWebShell(env);
  const browser = await chromium.launch({ executablePath: chromiumForTests(console.log) });
  try {
    const times: number[] = [];
    for (let load = 0; load < LOADS; load++) times.push(await timeToUse(browser, shell.link));
    times.sort((a, b) => a - b);
    const median = times[LOADS >> 1] ?? Number.NaN;
    const worst = times.at(-1) ?? Number.NaN;
    const script = initialScript() / 1000;
    return [
      {
        what: 'page ready, median of 11 cold loads',
        reach: `under ${READY_MS} ms`,
        got: median,
        unit: 'ms',
        ok: median < READY_MS,
      },
      {
        what: 'page ready, slowest of 11',
        reach: `under ${READY_MS} ms`,
        got: worst,
        unit: 'ms',
        ok: worst < READY_MS,
      },
      {
        what: 'initial script, gzipped',
        reach: `at most ${SCRIPT_KB} kB`,
        got: script,
        unit: 'kB',
        ok: script <= SCRIPT_KB,
      },
    ];
  } finally {
    await browser.close();
    await shell.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * From the start of the navigation to the first frame in which a line can be typed and rendered: the text field and
 * the button are on the page and the voices are there. In a new profile, so nothing is in a cache. In ms.
 */
async function timeToUse(browser: Browser, link: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 880 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const hasButton = (words: RegExp) =>
        [...document.querySelectorAll('button')].some((button) => words.test(button.textContent ?? ''));
      const isUsable = () =>
        document.querySelector('textarea') !== null && hasButton(/render/i) && hasButton(/kokoro/i);
      const look = () => {
        if (isUsable()) requestAnimationFrame(() => Reflect.set(globalThis, 'usableAt', performance.now()));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(link);
    const handle = await page.waitForFunction(() => Reflect.get(globalThis, 'usableAt') as number | undefined);
    return Number(await handle.jsonValue());
  } finally {
    await context.close();
  }
}

/** Bytes of every script that index.html asks for at once, gzipped one by one as a server would. */
function initialScript(): number {
  const html = readFileSync(inRoot('dist/page/index.html'), 'utf8');
  const scripts = [...html.matchAll(/<(?:script[^>]*\ssrc|link[^>]*rel="modulepreload"[^>]*\shref)="([^"]+)"/g)];
  if (scripts.length === 0) throw new Error('index.html names no script.');
  return scripts.reduce(
    (sum, [, source = '']) => sum + gzipSync(readFileSync(inRoot(`dist/page/${source}`))).length,
    0,
  );
}
