import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { MappingRow, WholeMapping } from '../shared/schemas/mapping.ts';
import { MatchEstimate, MatchPlan, MatchRun } from '../shared/schemas/match-run.ts';
import { Desk } from './desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';
import { MapDesk } from './map-desk.ts';
import { OpenReport, serious } from './open-report.ts';
import { savedFile } from './saved-file.ts';

const SAID = 'A truck loaded with apples blocked the entrance to the tunnel for more than an hour this morning.';
const HOSTILE = `=<img src=x onerror=alert(1)></script><script>alert(2)</script>"'`;

async function send<Answer>(
  studio: StudioUnderTest,
  path: string,
  body: object,
  schema: { parse(value: unknown): Answer },
  method = 'POST',
): Promise<Answer> {
  const answered = await studio.call(`/api/mappings${path}`, { method, body: JSON.stringify(body) });
  expect(answered.status, JSON.stringify(answered.body)).toBe(200);
  return schema.parse(answered.body);
}

/** A mapping of a voice known by what was rendered, and of one that nobody sounds like: looked for, and one approved. */
async function lookedFor(studio: StudioUnderTest): Promise<void> {
  const desk = new Desk(studio);
  await desk.voice('Scotland');
  await desk.write(SAID);
  await desk.set('Pitch', '2');
  const take = await desk.render();
  const { id } = await send(
    studio,
    '',
    {
      projectId: take.projectId,
      name: `Leaving ${HOSTILE}`,
      from: { kind: 'recordings' },
      to: { kind: 'provider', provider: 'builtin', modelId: 'espeak' },
      lines: ['The ship sails at noon.'],
    },
    WholeMapping,
  );
  const source = {
    voiceId: null,
    voiceName: `Fiona ${HOSTILE}`,
    settings: take.settings,
    language: 'en',
    gender: 'unknown',
    accent: '',
    recordings: [take.id],
  };
  const lost = { ...source, voiceName: 'Worf', language: 'tlh' };
  await send(studio, `/${id}/rows`, { sources: [source, lost] }, { parse: (value) => value });
  const plan = MatchPlan.parse({ lines: 1, matched: 1 });
  const agreed = await send(studio, `/${id}/estimate`, plan, MatchEstimate);
  await send(studio, `/${id}/runs`, { id: crypto.randomUUID(), plan, agreed }, MatchRun);
  const runState = async () =>
    ((await studio.call(`/api/mappings/${id}/runs`)).body as { runs: MatchRun[] }).runs[0]?.state;
  await expect.poll(runState, { timeout: 100_000 }).toBe('done');
  const [row] = WholeMapping.parse((await studio.call(`/api/mappings/${id}`)).body).rows;
  const verdict = { id: crypto.randomUUID(), at: Date.now(), by: 'Ada', verdict: 'approved', note: HOSTILE };
  await send(studio, `/rows/${row?.id}/verdicts`, { ...verdict, choice: row?.choice }, MappingRow, 'PUT');
}

test('a mapping is saved as a page in which old and new are heard at the same word', async ({ studio, chromium }) => {
  await lookedFor(studio);
  await new MapDesk(studio).go();
  const folder = mkdtempSync(join(tmpdir(), 'timbre-saved-'));
  let html: string;
  try {
    const saved = await savedFile(studio, folder, async () => {
      await studio.page.getByRole('button', { name: /^Mapping: / }).click();
      await expect(studio.page.getByRole('menuitem', { name: 'HTML with sound', exact: true })).toBeVisible();
      await studio.shoot('map-report-menu');
      await studio.page.getByRole('menuitem', { name: 'HTML with sound', exact: true }).click();
    });
    expect(basename(saved)).toMatch(/-report\.html$/);
    html = readFileSync(saved, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const scheme of ['dark', 'light'] as const) {
    const report = await OpenReport.open(html, await chromium(), scheme);
    const { page } = report;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Leaving ${HOSTILE}`);
    await expect(page.getByText('1 of 2 approved')).toBeVisible();
    const voices = page.getByRole('group', { name: 'Voices' }).getByRole('row');
    await expect(voices.nth(1)).toContainText('approvedAda');
    await expect(voices.nth(2)).toContainText('No voice there is labelled like Worf');
    await expect(page.getByRole('img', { name: /^Pitch: old \d+ Hz, new \d+ Hz$/ })).toBeVisible();
    await page.getByRole('link', { name: '1' }).click();
    const pair = page.getByRole('region', { name: /^Fiona/ });
    await pair.getByRole('button', { name: 'Hear the old voice' }).click();
    await expect(pair.locator('[data-now]')).toHaveText('Old plays');
    await expect
      .poll(async () => Number.parseFloat((await pair.locator('[data-clock]').textContent()) ?? ''))
      .toBeGreaterThan(0.5);
    await page.keyboard.press('2');
    await expect(pair.locator('[data-now]')).toHaveText('New, from the same word');
    expect((await report.starts()).at(-1)?.offset).toBeGreaterThan(0.3);
    await page.keyboard.press('Escape');
    expect(report.complaints).toEqual([]);
    await page.screenshot({ path: `e2e/output/report-mapping-${scheme}.png`, fullPage: true });
    expect(await serious(page)).toEqual([]);
    await report.close();
  }
});
