import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { aptInstall, canInstall } from './apt.ts';

/** Where Chromium and Chrome are installed by their own installers. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser that the tests drive: Playwright's Chromium, else one that is installed, else Debian's.
 *
 * @returns path of the executable
 * @throws Error if none can be had
 */
export function chromiumForTests(say: (line: string) => void): string {
  const here = installedChromium();
  if (here) return here;
  if (!canInstall()) {
    throw new Error('There is no browser to test with. Install one: npx playwright install chromium');
  }
  aptInstall(['chromium'], say);
  const installed = installedChromium();
  if (!installed) throw new Error('apt installed chromium, but it is not where it should be.');
  return installed;
}

/** Debian’s Chromium without a window: the same engine, a third of the processor time of a browser with its own. */
const HEADLESS = '/usr/bin/chromium-headless-shell';

/**
 * The browser for what has no window: the headless shell, where there is one or it can be installed.
 *
 * @returns path of the executable
 * @throws Error if no browser can be had
 */
export function headlessForTests(say: (line: string) => void): string {
  const chosen = process.env.TIMBRE_TEST_CHROMIUM;
  if (chosen && existsSync(chosen)) return chosen;
  if (!existsSync(HEADLESS) && canInstall()) {
    try {
      aptInstall(['chromium-headless-shell'], say);
    } catch (thrown) {
      say(`There is no headless shell: ${String(thrown)}`);
    }
  }
  return existsSync(HEADLESS) ? HEADLESS : chromiumForTests(say);
}

/** Null where there is none. */
export function installedChromium(): string | null {
  const chosen = process.env.TIMBRE_TEST_CHROMIUM;
  const places = [...(chosen ? [chosen] : []), chromium.executablePath(), ...USUAL_PLACES];
  return places.find((place) => existsSync(place)) ?? null;
}
