import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { wavFile } from '../shared/sound/pcm.ts';
import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { savedFile } from './saved-file.ts';

/** Hz. */
const RATE = 24_000;

/** A WAV file with a second of a 220 Hz tone. */
function tone(): Buffer {
  const samples = Int16Array.from({ length: RATE }, (_, i) => 8000 * Math.sin((2 * Math.PI * 220 * i) / RATE));
  return Buffer.from(wavFile(samples, RATE));
}

test('two voices are blended into one that is kept with its weights', async ({ studio }) => {
  const desk = new Desk(studio);
  const voice = () => studio.page.getByRole('region', { name: 'Voice and controls' });
  await voice().getByRole('button').first().click();
  await studio.page.getByRole('button', { name: 'Blend two voices' }).click();
  for (const [label, name] of [
    ['First voice', 'Nicole'],
    ['Second voice', 'Bella'],
  ] as const) {
    await studio.page.getByRole('combobox', { name: label }).fill(name);
    await studio.page.getByRole('option', { name: new RegExp(`^${name} `) }).click();
  }
  await studio.page.getByRole('slider', { name: 'Share of the first voice' }).focus();
  for (let i = 0; i < 20; i += 1) await studio.page.keyboard.press('ArrowRight');
  await expect(studio.page.getByText('70 % Nicole')).toBeVisible();
  await expect(studio.page.getByText('30 % Bella')).toBeVisible();
  await studio.shoot('blend');
  await studio.page.getByRole('button', { name: 'Blend', exact: true }).click();
  await expect(voice()).toContainText('Nicole Bella 70/30');
  await desk.write('Two in one.');
  const take = await desk.render();
  expect(take).toMatchObject({ state: 'done', voiceName: 'Nicole Bella 70/30' });

  await studio.restart();
  await expect(voice()).toContainText('Nicole Bella 70/30');
  await voice().getByRole('button').first().click();
  await studio.page.getByRole('textbox', { name: 'Search voices' }).fill('Nicole Bella');
  const listed = studio.page.getByRole('list', { name: 'Voices' }).getByRole('listitem');
  await expect(listed).toHaveCount(1);
  await expect(listed).toContainText('70 % Nicole');
  await expect(listed).toContainText('30 % Bella');
  expect(studio.complaints).toEqual([]);
});

test('a project with a file that was brought in goes into one file, and comes back from it', async ({ studio }) => {
  const desk = new Desk(studio);
  const { page } = studio;
  const menu = async (item: string) => {
    await page.getByRole('button', { name: /^Project: / }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await menu('New project…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Field work');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Project: Field work' })).toBeVisible();

  await page
    .getByLabel('Audio files to bring in')
    .first()
    .setInputFiles({ name: 'tone.wav', mimeType: 'audio/wav', buffer: tone() });
  await page.getByRole('textbox', { name: 'Text spoken in tone.wav' }).fill('A long ah.');
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect.poll(async () => (await desk.takes())[0]?.measurements?.pitch ?? null).toBeCloseTo(220, 0);
  const [tonal] = await desk.takes();
  expect(tonal).toMatchObject({ source: 'imported', name: 'tone', text: 'A long ah.' });
  expect((tonal?.samples ?? 0) / (tonal?.sampleRate ?? 1)).toBeCloseTo(1, 3);
  await desk.voice('English (America)');
  await desk.write('A line beside it.');
  const spoken = await desk.render();

  const all = [tonal?.id, spoken.id].sort();
  const listed = async () => (await desk.takes()).map(({ id }) => id).sort();
  await page.getByRole('button', { name: 'Project: Field work' }).click();
  await expect(page.getByRole('menuitem', { name: /^Field work/ })).toContainText('2');
  await page.keyboard.press('Escape');
  const removeBoth = async () => {
    await page.locator(`#take-${tonal?.id}`).click();
    await page.locator(`#take-${spoken.id}`).click({ modifiers: ['ControlOrMeta'] });
    await expect(page.getByText('2 selected')).toBeVisible();
    await page.getByRole('region', { name: 'Takes' }).getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(listed).toEqual([]);
  };
  await removeBoth();
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeVisible();
  const bar = await page.getByRole('button', { name: 'Play', exact: true }).boundingBox();
  const notice = await undo.boundingBox();
  expect((notice?.y ?? 0) + (notice?.height ?? 0)).toBeLessThan(bar?.y ?? 0);
  await studio.shoot('deleted');
  await undo.click();
  await expect.poll(listed).toEqual(all);

  const folder = mkdtempSync(join(tmpdir(), 'timbre-project-'));
  try {
    const file = await savedFile(studio, folder, () => menu('Save to one file…'));
    await removeBoth();
    await page.getByRole('navigation', { name: 'Rooms' }).getByText('Settings', { exact: true }).click();
    await page.getByRole('button', { name: 'Clean up…' }).click();
    await expect(page.getByRole('dialog').getByText('Goes for good:')).toBeVisible();
    await studio.shoot('clean-up');
    await page.getByRole('dialog').getByRole('button', { name: 'Clean up', exact: true }).click();
    await expect(page.getByText(/freed, 2 takes removed for good/)).toBeVisible();
    await expect(page.getByText('There is nothing to clean up.')).toBeVisible();
    await expect(undo).toBeHidden();

    await page.getByLabel('Project file to open').setInputFiles(file);
    const report = page.getByRole('dialog', { name: 'Merged into “Field work”' });
    await expect(report).toContainText('2 takes, 0 presets');
    await studio.shoot('merged');
    await report.getByRole('button', { name: 'Close' }).last().click();
    expect(await listed()).toEqual(all);
    expect((await desk.takes()).find(({ id }) => id === tonal?.id)).toMatchObject({
      text: 'A long ah.',
      samples: tonal?.samples,
    });
    expect(studio.complaints).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('how the screen was divided is kept over a restart', async ({ studio }) => {
  const height = async () => (await studio.page.getByRole('region', { name: 'Takes' }).boundingBox())?.height ?? 0;
  const usual = await height();
  await studio.page.getByRole('separator').focus();
  for (let i = 0; i < 3; i += 1) await studio.page.keyboard.press('Shift+ArrowUp');
  await expect.poll(height).toBeGreaterThan(usual + 50);
  const larger = await height();
  // Many changes in a row are written once, a moment after the last.
  const stored = async () => JSON.stringify((await studio.call('/api/preferences')).body);
  await expect.poll(stored).toContain('"layout"');
  await studio.restart();
  await expect.poll(height).toBeCloseTo(larger, 0);
});

test('a library of a newer version is left alone, said so, and speaking works all the same', async ({ studio }) => {
  await studio.stop();
  const library = new DatabaseSync(join(studio.home, 'library.sqlite'));
  library.exec('PRAGMA user_version = 999');
  library.close();
  await studio.start();
  const banner = studio.page.getByRole('alert').filter({ hasText: 'newer version of Timbre' });
  await expect(banner).toContainText('Update Timbre');
  await expect(banner).toContainText('Nothing in');
  const desk = new Desk(studio);
  await desk.write('It speaks all the same.');
  await desk.voice('English (America)');
  expect(await desk.render()).toMatchObject({ state: 'done' });
  await studio.shoot('library-newer');
  await studio.stop();
  const after = new DatabaseSync(join(studio.home, 'library.sqlite'), { readOnly: true });
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 999 });
  after.close();
});
