import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PresetFile } from '../shared/schemas/preset.ts';
import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { savedFile } from './saved-file.ts';

test('a preset is renamed, applied, written to a file, deleted, brought back, and read from that file', async ({
  studio,
}) => {
  const { page } = studio;
  const desk = new Desk(studio);
  const name = page.getByRole('textbox', { name: 'Name of a new preset' });
  const named = (preset: string) => page.getByRole('listitem').filter({ hasText: preset });
  const remove = () => page.getByRole('button', { name: 'Delete Late night' }).click();
  // The button shows the name of the preset that the desk stands as.
  const open = async (shown = 'Presets') => {
    await page.getByRole('button', { name: shown, exact: true }).click();
    await expect(name).toBeVisible();
  };

  await desk.voice('Fenrir');
  await desk.set('Speed', '0.8');
  await desk.set('Pitch', '-3');
  await desk.set('Volume', '-4.5');
  await open();
  await name.fill('Night');
  await name.press('Enter');
  await page.getByRole('button', { name: 'Rename Night' }).click();
  const rename = page.getByRole('textbox', { name: 'New name of Night' });
  await rename.fill('Late night');
  await rename.press('Enter');
  await expect(named('Late night')).toContainText('Fenrir');
  await page.keyboard.press('Escape');
  await expect(name).toBeHidden();

  await desk.set('Speed', '1');
  await desk.set('Pitch', '0');
  await desk.set('Volume', '0');
  await desk.voice('Nicole');
  await open();
  await named('Late night').getByRole('button').first().click();
  await expect(desk.slider('Speed')).toHaveAttribute('aria-valuenow', '0.8');
  await expect(desk.slider('Pitch')).toHaveAttribute('aria-valuenow', '-3');
  await expect(desk.slider('Volume')).toHaveAttribute('aria-valuenow', '-4.5');
  await expect(page.getByRole('region', { name: 'Voice and controls' })).toContainText('Fenrir');

  const folder = mkdtempSync(join(tmpdir(), 'timbre-presets-'));
  try {
    await open('Late night');
    const file = await savedFile(studio, folder, () => page.getByRole('button', { name: 'Export all' }).click());
    const written = PresetFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(written.presets).toHaveLength(1);
    expect(written.presets[0]).toMatchObject({
      name: 'Late night',
      voiceName: 'Fenrir',
      settings: { speed: 0.8, pitch: -3, volume: -4.5 },
    });

    await remove();
    await expect(named('Late night')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await open('Late night');
    await expect(named('Late night')).toHaveCount(1);
    await remove();
    await expect(named('Late night')).toHaveCount(0);

    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Import', exact: true }).click(),
    ]);
    await chooser.setFiles(file);
    await expect(page.getByText('1 preset brought in.')).toBeVisible();
    await expect(named('Late night')).toContainText('Fenrir');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(studio.complaints).toEqual([]);
});
