import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';

test('the library is moved to another folder, and its takes sound from there after a restart', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.voice('English (America)');
  await desk.write('It goes with the library.');
  const take = await desk.render();
  const parent = mkdtempSync(join(tmpdir(), 'timbre-moved-'));
  const target = join(parent, 'Sound library');
  mkdirSync(target);
  const settings = () =>
    studio.page.getByRole('navigation', { name: 'Rooms' }).getByText('Settings', { exact: true }).click();
  const move = async (to: string) => {
    await studio.page.getByRole('textbox', { name: 'Move to another folder' }).fill(to);
    await studio.page.getByRole('button', { name: 'Move', exact: true }).click();
  };
  try {
    await settings();
    await move('not a whole path');
    await expect(studio.page.getByRole('main').getByRole('alert')).toBeVisible();
    expect(await desk.takes()).toHaveLength(1);
    await move(target);
    await expect(studio.page.getByText('The library is in its new folder')).toBeVisible();
    await expect(studio.page.getByText(target, { exact: true })).toBeVisible();
    await studio.shoot('library-moved');
    expect(existsSync(join(target, 'library.sqlite'))).toBe(true);
    expect(existsSync(join(studio.home, 'library.sqlite'))).toBe(false);

    await studio.restart();
    expect(await desk.takes()).toMatchObject([{ id: take.id, samples: take.samples }]);
    await settings();
    await expect(studio.page.getByText(target, { exact: true })).toBeVisible();
    const sound = await studio.page.evaluate(async (id) => {
      const token = sessionStorage.getItem('timbre.token');
      const response = await fetch(
        `/api/takes/${id}/audio`,
        token ? { headers: { authorization: `Bearer ${token}` } } : {},
      );
      return { status: response.status, bytes: (await response.arrayBuffer()).byteLength };
    }, take.id);
    expect(sound.status).toBe(200);
    expect(sound.bytes).toBeGreaterThan(take.samples);
  } finally {
    await studio.stop();
    rmSync(parent, { recursive: true, force: true });
  }
  expect(studio.complaints).toEqual([]);
});
