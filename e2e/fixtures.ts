import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { CACHE, inRoot } from '../build/paths.ts';
import { startDesktopShell } from './desktop-shell.ts';
import { startWebShell, type WebShell } from './web-shell.ts';

/** Which of the two shells a project runs. */
export interface ShellOption {
  shell: 'web' | 'desktop';
}

/** The studio as a test sees it: the same page in both shells. */
export class StudioUnderTest {
  readonly shell: ShellOption['shell'];
  /** TIMBRE_HOME of this test, kept over {@link restart}. */
  readonly home: string;
  /** Errors that the page threw and whatever its Content-Security-Policy refused. */
  readonly complaints: string[] = [];
  readonly #browser: () => Promise<Browser>;
  #page: Page | null = null;
  #web: WebShell | null = null;
  #app: ElectronApplication | null = null;

  constructor(shell: ShellOption['shell'], home: string, browser: () => Promise<Browser>) {
    this.shell = shell;
    this.home = home;
    this.#browser = browser;
  }

  /** The page that is open; another one after {@link restart}. */
  get page(): Page {
    return there(this.#page, 'a page');
  }

  /** The browser shell. */
  get web(): WebShell {
    return there(this.#web, 'a browser shell');
  }

  /** The desktop app. */
  get app(): ElectronApplication {
    return there(this.#app, 'a desktop app');
  }

  /** Environment of either shell. */
  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      TIMBRE_HOME: this.home,
      TIMBRE_MODELS: process.env.TIMBRE_MODELS ?? join(CACHE, 'models'),
      TIMBRE_NOTICE: undefined,
    };
  }

  async start(): Promise<void> {
    if (this.shell === 'web') {
      this.#web = await startWebShell(this.env);
      this.#page = await (await this.#browser()).newPage({
        viewport: { width: 1360, height: 880 },
        colorScheme: 'dark',
      });
      this.#watch(this.#page);
      await this.#page.goto(this.#web.link);
    } else {
      this.#app = await startDesktopShell(this.env);
      this.#page = await this.#app.firstWindow();
      this.#watch(this.#page);
    }
    await this.#page.getByRole('main').waitFor();
  }

  /** Ends the studio as a person would. */
  async stop(): Promise<void> {
    if (this.#web) await this.#page?.context().close();
    await this.#app?.close();
    await this.#web?.stop();
    this.#page = null;
    this.#app = null;
    this.#web = null;
  }

  /** Ends the studio and starts it anew with the same library. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Calls the engine's API from inside the page, as the page itself does. @returns status and body */
  async call(path: string, init: { method?: string; body?: string } = {}): Promise<{ status: number; body: unknown }> {
    return await this.page.evaluate(
      async ([to, options]) => {
        const token = sessionStorage.getItem('timbre.token');
        const headers: Record<string, string> = {};
        if (token) headers.authorization = `Bearer ${token}`;
        if (options.body !== undefined) headers['content-type'] = 'application/json';
        const response = await fetch(to, { ...options, headers });
        const text = await response.text();
        return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
      },
      [path, init] as const,
    );
  }

  /** Gives the page so many CSS pixels: the view in the browser, the window on the desktop. */
  async resize(size: { width: number; height: number }): Promise<void> {
    if (this.#web) return await this.page.setViewportSize(size);
    await this.app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
    await this.page.waitForFunction(({ width }) => window.innerWidth === width, size);
  }

  /** Writes a screenshot to `e2e/output/`. */
  async shoot(name: string): Promise<void> {
    mkdirSync(inRoot('e2e/output'), { recursive: true });
    await this.page.screenshot({ path: inRoot(`e2e/output/${name}-${this.shell}.png`) });
  }

  #watch(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.complaints.push(message.text());
    });
  }
}

/**
 * `studio`: the shell of the project with an empty library of its own. `chromium`: the browser of all tests of a worker,
 * started when the first one wants it; each test has a context of its own in it.
 */
export const test = base.extend<{ studio: StudioUnderTest }, ShellOption & { chromium: () => Promise<Browser> }>({
  shell: ['web', { option: true, scope: 'worker' }],
  chromium: [
    async ({ playwright, launchOptions }, use) => {
      let browser: Promise<Browser> | null = null;
      await use(() => (browser ??= playwright.chromium.launch(launchOptions)));
      await (browser as Promise<Browser> | null)?.then((started) => started.close());
    },
    { scope: 'worker' },
  ],
  studio: async ({ shell, chromium }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'timbre-e2e-'));
    const studio = new StudioUnderTest(shell, home, chromium);
    try {
      await studio.start();
      await use(studio);
      await studio.stop();
    } finally {
      await studio.stop().catch(() => undefined);
      rmSync(home, { recursive: true, force: true });
    }
  },
});

export { expect } from '@playwright/test';

function there<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`In this shell, at this time, there is not ${what}.`);
  return value;
}
