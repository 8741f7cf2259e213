import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';

/** A report as a file, open in a browser that has no network. */
export class OpenReport {
  readonly page: Page;
  /** Whatever the page complained of, and whatever it asked the network for. */
  readonly complaints: string[] = [];
  readonly #folder: string;

  private constructor(page: Page, folder: string) {
    this.page = page;
    this.#folder = folder;
  }

  static async open(html: string, browser: Browser, colorScheme: 'dark' | 'light' = 'dark'): Promise<OpenReport> {
    const folder = mkdtempSync(join(tmpdir(), 'timbre-report-'));
    const file = join(folder, 'report.html');
    writeFileSync(file, html);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme, offline: true });
    const report = new OpenReport(page, folder);
    page.on('pageerror', (error) => report.complaints.push(String(error)));
    page.on('console', (message) => report.complaints.push(message.text()));
    page.on('dialog', (dialog) => {
      report.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const address = pathToFileURL(file).href;
    await page.route(/^(?!data:)/, (route) => {
      const url = route.request().url();
      if (url === address) return route.continue();
      report.complaints.push(`asked for ${url}`);
      return route.abort();
    });
    await page.addInitScript(noteStarts);
    await page.goto(address);
    return report;
  }

  /** Every beginning of a sound: when, by the audio context, and at which s of it. */
  starts(): Promise<{ when: number; offset: number }[]> {
    return this.page.evaluate(() => window.timbreStarts ?? []);
  }

  async close(): Promise<void> {
    await this.page.context().close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

declare global {
  interface Window {
    timbreStarts?: { when: number; offset: number }[];
  }
}

function noteStarts(): void {
  window.timbreStarts = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0, ...more) {
    window.timbreStarts?.push({ when, offset });
    start.call(this, when, offset, ...more);
  };
}

/** What is serious against a page. */
export async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}
