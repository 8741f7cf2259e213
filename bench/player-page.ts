import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright';
import { CACHE, inRoot } from '../build/paths.ts';
import { chromiumForTests } from '../e2e/runtime/browser-runtime.ts';
import { NEUTRAL_SETTINGS, type Settings } from '../shared/controls/controls.ts';
import { BENCH_PROVIDER } from './player-provider.ts';
import { installTap } from './player-tap.ts';

/** The real page on the real engine, with the benchmark's provider and a tap at the player's output. */
export class StudioPage {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly origin: string;
  readonly token: string;
  readonly #browser: Browser;
  readonly #child: ChildProcess;
  readonly #home: string;

  private constructor(
    page: Page,
    cdp: CDPSession,
    origin: string,
    token: string,
    browser: Browser,
    child: ChildProcess,
    home: string,
  ) {
    this.page = page;
    this.cdp = cdp;
    this.origin = origin;
    this.token = token;
    this.#browser = browser;
    this.#child = child;
    this.#home = home;
  }

  static async open(): Promise<StudioPage> {
    const home = mkdtempSync(join(tmpdir(), 'timbre-bench-'));
    const token = 'bench-'.padEnd(40, 'x');
    const child = spawn(process.execPath, [inRoot('bench/player-studio.ts'), token], {
      env: { ...process.env, TIMBRE_HOME: home, TIMBRE_MODELS: join(CACHE, 'models') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!child.stdout) throw new Error('The studio has no output.');
    let origin = '';
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('http://')) continue;
      origin = line;
      break;
    }
    if (!origin) throw new Error('The studio did not start.');
    child.stdout.resume();
    const browser = await chromium.launch({ executablePath: chromiumForTests(console.log) });
    const context = await browser.newContext({ viewport: { width: 1360, height: 880 } });
    const page = await context.newPage();
    await page.addInitScript(installTap);
    const cdp = await context.newCDPSession(page);
    return new StudioPage(page, cdp, origin, token, browser, child, home);
  }

  /** Calls the engine. */
  async call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.origin}${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** Puts a voice, text and settings on the desk, loads the page anew and warms it with a key press. */
  async desk(voice: string, text: string, settings: Partial<Settings> = {}): Promise<void> {
    const value = { text, voiceId: `${BENCH_PROVIDER}:${voice}`, settings: { ...NEUTRAL_SETTINGS, ...settings } };
    await this.call('/api/preferences/tune', { method: 'PUT', body: JSON.stringify({ value }) });
    await this.page.goto('about:blank');
    await this.page.goto(`${this.origin}/#token=${this.token}`);
    await this.page.getByRole('button', { name: /^Render/ }).waitFor();
    await this.page.waitForFunction(() => window.tap.context !== null);
    await this.page.keyboard.press('Escape');
    await this.page.waitForFunction(() => window.tap.context?.state === 'running');
  }

  /** Asks for a new take of what is on the desk, by key, and waits until its sound began. @returns s of the context */
  async renderAgain(): Promise<{ pressedAt: number; soundAt: number }> {
    await this.page.evaluate(() => {
      window.tap.soundAt = -1;
    });
    await this.page.keyboard.press('r');
    await this.page.waitForFunction(() => window.tap.soundAt >= 0);
    return this.page.evaluate(() => ({ pressedAt: window.tap.pressedAt, soundAt: window.tap.soundAt / 48_000 }));
  }

  /** Waits until the player is in this state. */
  async until(status: string, timeout = 30_000): Promise<void> {
    await this.page.waitForFunction((wanted) => window.tap.status === wanted, status, { timeout });
  }

  /** Keeps what comes out from now on. */
  async record(): Promise<void> {
    await this.page.evaluate(() => {
      window.tap.pieces = [];
      window.tap.recording = true;
    });
  }

  /** What came out since {@link record}, up to now. */
  async recorded(): Promise<{ frame: number; samples: Float32Array }> {
    const { frame, base64 } = await this.page.evaluate(async () => {
      const { tap } = window;
      const now = (tap.context?.currentTime ?? 0) * 48_000;
      const end = () => (tap.pieces.at(-1)?.frame ?? 0) + 1024;
      while (end() < now) await new Promise((resolve) => setTimeout(resolve, 5));
      tap.recording = false;
      const { pieces } = tap;
      tap.pieces = [];
      const bytes = new Uint8Array(pieces.length * 4096);
      for (const [i, { samples }] of pieces.entries()) bytes.set(new Uint8Array(samples.buffer), i * 4096);
      let text = '';
      for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      return { frame: pieces[0]?.frame ?? 0, base64: btoa(text) };
    });
    const bytes = Buffer.from(base64, 'base64');
    return { frame, samples: new Float32Array(new Uint8Array(bytes).buffer) };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** Value below which the part `p` of them lies. */
export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}
