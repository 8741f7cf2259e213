import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { decodeAudioFile } from '../engine/import/importer.ts';
import { ExportSidecar } from '../shared/schemas/export.ts';
import type { Take } from '../shared/schemas/take.ts';
import { Desk } from './desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';
import { savedFile } from './saved-file.ts';

/** Saves what the open dialog exports. @returns the file's name and bytes */
async function exported(studio: StudioUnderTest, pattern: string, choices: string[], save: string) {
  const folder = mkdtempSync(join(tmpdir(), 'timbre-export-'));
  try {
    const dialog = studio.page.getByRole('dialog');
    for (const choice of choices) {
      await dialog.getByText(choice, { exact: true }).click();
      await expect(dialog.getByRole('radio', { name: choice, exact: true })).toBeChecked();
    }
    await dialog.getByRole('textbox', { name: 'Pattern of the file name' }).fill(pattern);
    const file = await savedFile(studio, folder, () => dialog.getByRole('button', { name: save, exact: true }).click());
    await expect(dialog.getByText(/^Saved: /)).toBeVisible();
    return { name: basename(file), bytes: readFileSync(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files of a zip by name. */
async function unzipped(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const zip = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  const files = new Map<string, Uint8Array>();
  for (const entry of await zip.getEntries()) {
    if (!entry.directory) files.set(entry.filename, await entry.getData(new Uint8ArrayWriter()));
  }
  await zip.close();
  return files;
}

/** Decodes a file and expects it to be as long as the take, and to have a voice in it. */
async function expectSound(bytes: Uint8Array, name: string, take: Take): Promise<void> {
  const { samples, sampleRate } = await decodeAudioFile(bytes, name);
  const seconds = samples.length / sampleRate;
  // A codec may keep the padding of its first and last frame.
  expect(Math.abs(seconds - take.samples / take.sampleRate), name).toBeLessThan(0.1);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const full = samples instanceof Int16Array ? 32_768 : 1;
  expect(10 * Math.log10(power / full ** 2), name).toBeGreaterThan(-40);
}

test('several takes go out as mp3 at one loudness, named by the pattern, each with its JSON', async ({ studio }) => {
  const { page } = studio;
  const desk = new Desk(studio);
  await desk.voice('English (America)');
  await desk.write('The first line is spoken as it is.');
  const first = await desk.render();
  await desk.write('The second line is spoken much more softly than the first one was.');
  await desk.set('Volume', '-12');
  const second = await desk.render();
  await page.locator(`#take-${first.id}`).click();
  await page.locator(`#take-${second.id}`).click({ modifiers: ['ControlOrMeta'] });
  await page.locator(`#take-${second.id}`).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Export 2 takes' }).click();
  const { name, bytes } = await exported(studio, 'ep1_{line}_{take}', ['MP3', '−19'], 'Export as zip');
  expect(name).toMatch(/\.zip$/);

  const files = await unzipped(bytes);
  expect(files.size).toBe(4);
  for (const take of [first, second]) {
    const stem = [...files.keys()].find((file) => file.includes(take.id.slice(0, 8)))?.replace(/\.\w+$/, '') ?? '';
    expect(stem).toMatch(new RegExp(`^ep1_00[12]_${take.id.slice(0, 8)}$`));
    const audio = files.get(`${stem}.mp3`);
    await expectSound(audio ?? new Uint8Array(), `${stem}.mp3`, take);
    const said = ExportSidecar.parse(JSON.parse(Buffer.from(files.get(`${stem}.json`) ?? []).toString('utf8')));
    expect(said).toMatchObject({
      file: `${stem}.mp3`,
      takeId: take.id,
      text: take.text,
      settings: take.settings,
      loudnessTarget: -19,
    });
    expect(Math.abs((said.loudness ?? 0) - -19)).toBeLessThan(0.5);
    expect(said.truePeak).toBeLessThanOrEqual(-1);
  }
  const lines = [...files.keys()].filter((file) => file.endsWith('.mp3')).map((file) => file.slice(4, 7));
  expect(lines.sort()).toEqual(['001', '002']);
});

test('one take goes out as opus and as flac, named by the pattern', async ({ studio }) => {
  const { page } = studio;
  const desk = new Desk(studio);
  await desk.voice('English (America)');
  await desk.write('The same sound in two kinds of files.');
  const take = await desk.render();
  for (const [label, ending] of [
    ['Opus', 'opus'],
    ['FLAC', 'flac'],
  ] as const) {
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export take' });
    await dialog.getByRole('switch').setChecked(false, { force: true });
    const { name, bytes } = await exported(studio, '{project} {name} {take}', [label], 'Export');
    expect(name).toMatch(new RegExp(`^.+_The_same_sound_in_two_kinds_of_files\\._${take.id.slice(0, 8)}\\.${ending}$`));
    await expectSound(bytes, name, take);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toBeHidden();
  }
});
