import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeAudioFile } from '../engine/import/importer.ts';
import { ExportSidecar } from '../shared/schemas/export.ts';
import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { savedFile } from './saved-file.ts';

const TEXT = 'Every take is kept with the settings that made it.';

test('a take is found again after a restart with the settings that made it', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.write(TEXT);
  await desk.voice('English (America)');
  await desk.set('Speed', '1.3');
  await desk.set('Pitch', '-2');
  const take = await desk.render();
  await studio.restart();
  const kept = await desk.takes();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({
    id: take.id,
    text: TEXT,
    settings: { speed: 1.3, pitch: -2 },
    samples: take.samples,
  });
  await expect(desk.text).toHaveValue(TEXT);
  await desk.write('Something else.');
  await desk.set('Speed', '1');
  await studio.page.getByRole('textbox', { name: 'Search takes' }).fill('settings that made');
  const row = studio.page.locator(`#take-${take.id}`);
  await expect(row).toBeVisible();
  await row.click({ button: 'right' });
  await studio.page.getByRole('menuitem', { name: 'Use these settings' }).click();
  await expect(desk.slider('Speed')).toHaveAttribute('aria-valuenow', '1.3');
  await studio.page.getByRole('textbox', { name: 'Search takes' }).fill('no such words anywhere');
  await expect(row).toBeHidden();
});

test('takes can be rated, removed and brought back by the keyboard alone', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.voice('English (America)');
  await desk.write('One.');
  await desk.render();
  await desk.write('Two is a little longer.');
  const two = await desk.render();
  await studio.page.getByRole('grid', { name: 'Takes' }).focus();
  await studio.page.keyboard.press('Home');
  await studio.page.keyboard.press('4');
  await expect.poll(async () => (await desk.takes()).find((take) => take.id === two.id)?.rating).toBe(4);
  await studio.page.keyboard.press('Delete');
  await expect.poll(async () => (await desk.takes()).length).toBe(1);
  await studio.page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(async () => (await desk.takes()).length).toBe(2);
});

test('an exported take is what was made, and its JSON brings the settings back', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.write(TEXT);
  await desk.voice('English (America)');
  await desk.set('Volume', '-6');
  const take = await desk.render();
  const folder = mkdtempSync(join(tmpdir(), 'timbre-export-'));
  const file = await savedFile(studio, folder, async () => {
    await studio.page.keyboard.press('Control+e');
    await expect(studio.page.getByRole('dialog').getByText('Loudness')).toBeVisible();
    await studio.shoot('export-dialog');
    await studio.page.getByRole('switch').first().setChecked(false, { force: true });
    await studio.page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
  });
  const decoded = await decodeAudioFile(readFileSync(file), file);
  expect(decoded.sampleRate).toBe(48_000);
  expect(decoded.samples.length / 48_000).toBeCloseTo(take.samples / take.sampleRate, 2);

  const sidecar: ExportSidecar = ExportSidecar.parse({
    format: 'timbre.take',
    version: 1,
    file: 'x.wav',
    text: 'Brought back by its JSON.',
    voiceId: take.voiceId,
    voiceName: take.voiceName,
    provider: take.provider,
    model: take.model,
    settings: { ...take.settings, speed: 1.5, pitch: 3 },
    studio: take.studio,
    heard: 'rendered',
    loudnessTarget: null,
    gain: 0,
    loudness: null,
    truePeak: null,
    sampleRate: 48_000,
    takeId: take.id,
    createdAt: take.createdAt,
    notes: [],
  });
  await studio.page.evaluate((json) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([json], 'x.json', { type: 'application/json' }));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }
  }, JSON.stringify(sidecar));
  await expect(desk.text).toHaveValue('Brought back by its JSON.');
  await expect(desk.slider('Speed')).toHaveAttribute('aria-valuenow', '1.5');
  await expect(desk.slider('Pitch')).toHaveAttribute('aria-valuenow', '3');
  rmSync(folder, { recursive: true, force: true });
});

test('a preset is saved, kept over a restart and applied', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.set('Speed', '1.4');
  await studio.page.getByRole('button', { name: 'Presets' }).click();
  await studio.page.getByRole('textbox', { name: 'Name of a new preset' }).fill('Brisk');
  await studio.page.keyboard.press('Enter');
  await expect(studio.page.getByText('Brisk').first()).toBeVisible();
  await studio.page.keyboard.press('Escape');
  await studio.restart();
  await desk.set('Speed', '1');
  await studio.page.getByRole('button', { name: 'Presets' }).click();
  await studio.page.getByText('Brisk').first().click();
  await expect(desk.slider('Speed')).toHaveAttribute('aria-valuenow', '1.4');
});
