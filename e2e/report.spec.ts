import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { invertedMap, mapTime, TimeMap } from '../shared/alignment/time-map.ts';
import { Comparison, ComparisonEntry } from '../shared/schemas/comparison.ts';
import { ListeningSession, ListeningTest } from '../shared/schemas/listening.ts';
import { Bench } from './compare-desk.ts';
import { Desk } from './desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';
import { OpenReport, serious } from './open-report.ts';
import { savedFile } from './saved-file.ts';

const TEXT = 'The ship sails at noon. Nobody knows who will be on board, or where it goes.';
const HOSTILE = `=<img src=x onerror=alert(1)></script><script>alert(2)</script>"'\`javascript:alert(3)`;

/** The comparison that is open, with hostile words wherever a person can write. */
async function poison(studio: StudioUnderTest): Promise<Comparison> {
  const desk = new Desk(studio);
  const projectId = (await desk.projects())[0]?.id;
  const { body } = await studio.call(`/api/comparisons?projectId=${projectId}`);
  const [entry] = ComparisonEntry.array().parse((body as { comparisons: unknown }).comparisons);
  const comparison = Comparison.parse((await studio.call(`/api/comparisons/${entry?.id}`)).body);
  const slots = comparison.slots.map((slot, place) => (place === 0 ? { ...slot, name: HOSTILE } : slot));
  const decision = {
    id: crypto.randomUUID(),
    at: Date.now(),
    textId: null,
    winner: slots[0]?.id ?? null,
    note: HOSTILE,
    slots: slots.map((slot) => ({ ...slot, takeId: null })),
  };
  const path = `/api/comparisons/${comparison.id}`;
  const named = await studio.call(path, { method: 'PATCH', body: JSON.stringify({ name: HOSTILE, slots }) });
  expect(named.status).toBe(200);
  const changed = await studio.call(`${path}/decisions`, { method: 'PUT', body: JSON.stringify(decision) });
  expect(changed.status).toBe(200);
  for (const take of await desk.takes()) {
    await studio.call(`/api/takes/${take.id}`, { method: 'PATCH', body: JSON.stringify({ note: HOSTILE }) });
  }
  return Comparison.parse(changed.body);
}

test('a comparison is saved as a page that plays, flips at the same word, and shows hostile words as words', async ({
  studio,
  chromium,
}) => {
  const bench = new Bench(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setControl('B', 'Speed', '0.7');
  await bench.render();
  await poison(studio);
  const folder = mkdtempSync(join(tmpdir(), 'timbre-saved-'));
  let html: string;
  try {
    const saved = await savedFile(studio, folder, async () => {
      await studio.page.getByRole('button', { name: /^Comparison: / }).click();
      await studio.page.getByRole('menuitem', { name: 'HTML with sound', exact: true }).click();
    });
    expect(basename(saved)).toMatch(/-report\.html$/);
    html = readFileSync(saved, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  const report = await OpenReport.open(html, await chromium());
  const { page } = report;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(HOSTILE);
  await expect(page.getByText(HOSTILE)).toHaveCount(2 + 1 + 2 + 2);
  // Without the page’s own script there are the players of the browser.
  const native = page.locator('audio');
  await expect(native).toHaveCount(2);
  await native.first().evaluate((element: HTMLAudioElement) => element.play());
  await expect
    .poll(() => native.first().evaluate((element: HTMLAudioElement) => element.currentTime))
    .toBeGreaterThan(0);
  await native.first().evaluate((element: HTMLAudioElement) => element.pause());

  const hear = (letter: string) => page.getByRole('button', { name: `Hear ${letter}`, exact: true });
  const now = page.locator('[data-now]');
  await hear('A').click();
  await expect(hear('A')).toHaveAttribute('aria-pressed', 'true');
  await expect(now).toHaveText('A plays');
  await expect
    .poll(async () => Number.parseFloat((await page.locator('[data-clock]').textContent()) ?? ''))
    .toBeGreaterThan(1);
  await page.keyboard.press('2');
  await expect(hear('B')).toHaveAttribute('aria-pressed', 'true');
  await expect(now).toHaveText('B, from the same word');
  await page.keyboard.press('x');
  await expect(hear('A')).toHaveAttribute('aria-pressed', 'true');
  const [first, second, third] = await report.starts();
  const tracks = await page
    .locator('[data-take]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-track')));
  const [a, b] = tracks.map((track) => {
    const [from, to] = JSON.parse(track ?? '') as [number[], number[]];
    return TimeMap.parse({ from, to });
  });
  if (!a || !b || !first || !second || !third) throw new Error('There is no track, or no sound began.');
  const inA = second.when - first.when + first.offset;
  expect(inA).toBeGreaterThan(0.9);
  expect(Math.abs(second.offset - mapTime(b, inA))).toBeLessThan(0.002);
  // B is much slower: the same second would be another word.
  expect(second.offset - inA).toBeGreaterThan(0.2);
  const inB = third.when - second.when + second.offset;
  expect(Math.abs(third.offset - mapTime(invertedMap(b), inB))).toBeLessThan(0.002);

  await page.keyboard.press('Escape');
  await expect(now).toHaveText('A is paused');
  await page
    .locator('.wave')
    .nth(1)
    .click({ position: { x: 20, y: 20 } });
  await expect(hear('B')).toHaveAttribute('aria-pressed', 'true');
  await expect(now).toHaveText('B has ended', { timeout: 30_000 });
  expect(report.complaints).toEqual([]);
  await page.screenshot({ path: 'e2e/output/report-comparison-dark.png', fullPage: true });
  expect(await serious(page)).toEqual([]);
  await report.close();

  const light = await OpenReport.open(html, await chromium(), 'light');
  expect(await serious(light.page)).toEqual([]);
  await light.page.screenshot({ path: 'e2e/output/report-comparison-light.png', fullPage: true });
  await light.close();
});

/** Fetches something of the engine as the page does. */
function fetched(studio: StudioUnderTest, path: string): Promise<string> {
  return studio.page.evaluate(async (address) => {
    const token = sessionStorage.getItem('timbre.token');
    const response = await fetch(address, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    return response.text();
  }, path);
}

/** A test that one listener takes to its end, and that is revealed. @returns its report */
async function listened(
  studio: StudioUnderTest,
  comparison: Comparison,
  method: ListeningTest['method'],
): Promise<string> {
  const post = async (path: string, body: object) => {
    const answered = await studio.call(path, { method: 'POST', body: JSON.stringify(body) });
    expect(answered.status).toBe(200);
    return answered.body;
  };
  const { projectId, slots, texts, takes, id: comparisonId } = comparison;
  const heard = texts.map(({ id, text }) => ({ text, takes: slots.map((slot) => takes[slot.id]?.[id] ?? '') }));
  const input = { projectId, comparisonId, name: HOSTILE, method, slots, texts: heard, trials: 2, rounds: 2 };
  const { id } = ListeningTest.parse(await post('/api/listening/tests', input));
  const begun = await post(`/api/listening/tests/${id}/sessions`, { listener: HOSTILE });
  let session = ListeningSession.parse(begun);
  while (session.trial) {
    const { trial } = session;
    for (const { stimulus } of trial.places) await fetched(studio, `/api/listening/stimuli/${stimulus}`);
    const given = trial.places.some(({ rated }) => rated)
      ? { ratings: Object.fromEntries(trial.places.map(({ stimulus }, at) => [stimulus, 40 + 30 * at])) }
      : { choice: 'A' };
    const counts = Object.fromEntries(trial.places.map(({ stimulus }) => [stimulus, { plays: 1, seconds: 2 }]));
    session = ListeningSession.parse(
      await post(`/api/listening/trials/${trial.id}/answer`, { ...given, heard: counts }),
    );
  }
  await post(`/api/listening/tests/${id}/reveal`, {});
  return fetched(studio, `/api/listening/tests/${id}/report?format=html&sound=mp3`);
}

test('listening tests are reported as pages that play, with charts and every answer', async ({ studio, chromium }) => {
  const bench = new Bench(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setVoice('B', 'Great Britain');
  await bench.render();
  const comparison = await poison(studio);
  for (const method of ['abx', 'preference', 'rating'] as const) {
    const report = await OpenReport.open(await listened(studio, comparison, method), await chromium());
    const { page } = report;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(HOSTILE);
    await expect(page.locator('.chart')).toBeVisible();
    await expect(page.getByRole('rowheader', { name: HOSTILE, exact: true }).first()).toBeVisible();
    await page.getByText(/^Every answer \(\d+\)$/).click();
    await expect(page.getByRole('group', { name: 'Every answer' })).toBeVisible();
    await page.getByRole('button', { name: 'Hear B', exact: true }).click();
    await expect(page.locator('[data-now]')).toHaveText('B plays');
    await expect
      .poll(async () => Number.parseFloat((await page.locator('[data-clock]').textContent()) ?? ''))
      .toBeGreaterThan(0);
    expect(report.complaints).toEqual([]);
    await page.screenshot({ path: `e2e/output/report-${method}-dark.png`, fullPage: true });
    expect(await serious(page)).toEqual([]);
    await report.close();
  }
});
