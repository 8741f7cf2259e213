import { expect, type Page, test } from '@playwright/test';
import { buildHarness } from './build-harness.ts';
import { type PcmServer, startPcmServer } from './pcm-server.ts';

type Sounds = Parameters<typeof startPcmServer>[1];

/** What a test gets. */
interface Harness {
  readonly server: PcmServer;
  /** Takes out what the page was to complain of: what has one of these words in it. */
  forgive(...words: string[]): void;
}

/**
 * Lets every test of a file have a page with a player of its own, before a server of sounds, and sees that nothing is left
 * of it afterwards and nothing was complained of.
 *
 * @param sounds made once, before the first test
 */
export function withHarness(sounds: () => Promise<Sounds>): Harness {
  const held: { server: PcmServer | null; remove: (() => Promise<void>) | null } = { server: null, remove: null };
  const complaints: string[] = [];

  test.beforeAll(async () => {
    const made = await sounds();
    const { folder, remove } = await buildHarness();
    held.remove = remove;
    held.server = await startPcmServer(folder, made);
  });

  test.afterAll(async () => {
    await held.server?.close();
    await held.remove?.();
  });

  test.beforeEach(async ({ page }) => {
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await open(page, held.server?.url ?? '');
  });

  test.afterEach(async ({ page }) => {
    const left = await page.evaluate(async () => {
      await window.opened.player.close();
      return window.opened.player.counts();
    });
    const nothing = { contexts: 0, nodes: 0, listeners: 0, timers: 0, requests: 0, workers: 0, takes: 0, bytes: 0 };
    expect(left).toEqual(nothing);
    await expect.poll(() => held.server?.open()).toBe(0);
    expect(complaints).toEqual([]);
  });

  return {
    forgive(...words) {
      const left = complaints.filter((text) => !words.some((word) => text.includes(word)));
      complaints.splice(0, complaints.length, ...left);
    },
    get server(): PcmServer {
      if (held.server === null) throw new Error('The server of sounds has not started.');
      return held.server;
    },
  };
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate(() => {
    window.opened = window.harness.open();
  });
  await page.click('#warm');
  await page.evaluate(() => window.opened.player.ready);
}
