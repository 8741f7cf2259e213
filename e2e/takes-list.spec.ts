import { Desk } from './desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';

const SHORT = 'Zebra.';
const LONG = 'Apples are sold by the pound, and pears are sold by the piece, at the market by the river.';

/** Two takes: a short one and a long one, each by another voice. */
async function twoTakes(studio: StudioUnderTest) {
  const desk = new Desk(studio);
  await desk.voice('English (America)');
  await desk.write(SHORT);
  const short = await desk.render();
  await desk.voice('German');
  await desk.set('Speed', '1.2');
  await desk.write(LONG);
  const long = await desk.render();
  const row = (id: string) => studio.page.locator(`#take-${id}`);
  const menu = async (id: string, item: string) => {
    await row(id).click({ button: 'right' });
    await studio.page.getByRole('menuitem', { name: item }).click();
  };
  return { desk, short, long, row, menu };
}

test('a take is given a name and a note, which are shown, found and kept', async ({ studio }) => {
  const { desk, short, long, row, menu } = await twoTakes(studio);
  const { page } = studio;
  await menu(short.id, 'Rename');
  const name = page.getByRole('dialog').getByRole('textbox');
  await name.fill('Opening');
  await name.press('Enter');
  await expect(row(short.id)).toContainText('Opening');

  await menu(short.id, 'Details');
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.fill('The second vowel is too dark.');
  await page.getByRole('button', { name: 'Close details' }).click();
  await expect(row(short.id).getByLabel('Has a note')).toBeVisible();
  await expect(row(long.id).getByLabel('Has a note')).toHaveCount(0);

  await studio.restart();
  expect((await desk.takes()).find(({ id }) => id === short.id)).toMatchObject({
    name: 'Opening',
    note: 'The second vowel is too dark.',
  });
  await studio.page.getByRole('textbox', { name: 'Search takes' }).fill('opening');
  await expect(row(long.id)).toHaveCount(0);
  await expect(row(short.id)).toContainText('Opening');
});

test('the list is sorted by its columns, and filtered by voice and rating', async ({ studio }) => {
  const { desk, short, long, row } = await twoTakes(studio);
  const { page } = studio;
  const grid = page.getByRole('grid', { name: 'Takes' });
  const place = async (id: string) => Number(await row(id).getAttribute('aria-rowindex'));
  const sortedBy = async (column: string, order: 'ascending' | 'descending', first: string, second: string) => {
    await grid.getByRole('columnheader', { name: column }).getByRole('button').click();
    await expect(grid.getByRole('columnheader', { name: column })).toHaveAttribute('aria-sort', order);
    await expect.poll(async () => (await place(second)) - (await place(first))).toBe(1);
  };
  await sortedBy('Time', 'ascending', short.id, long.id);
  await sortedBy('Time', 'descending', long.id, short.id);
  await sortedBy('Name, text', 'ascending', long.id, short.id);
  await row(short.id).getByRole('button', { name: 'Rate 4' }).click();
  await expect.poll(async () => (await desk.takes()).find(({ id }) => id === short.id)?.rating).toBe(4);
  await sortedBy('Rating', 'descending', short.id, long.id);
  await sortedBy('Duration', 'descending', long.id, short.id);

  const takes = page.getByRole('region', { name: 'Takes' });
  const all = page.getByRole('button', { name: 'Show all takes' });
  const filter = async (name: 'Voice' | 'Rating', option: string | RegExp, left: string, gone: string) => {
    await takes.getByRole('combobox', { name, exact: true }).click();
    await page.getByRole('option', { name: option }).click();
    await expect(row(gone)).toHaveCount(0);
    await expect(row(left)).toBeVisible();
    await all.click();
    await expect(row(gone)).toBeVisible();
  };
  await filter('Voice', new RegExp(`^${long.voiceName} · `), long.id, short.id);
  await filter('Rating', '★ 4 and up', short.id, long.id);
  await takes.getByRole('combobox', { name: 'Rating', exact: true }).click();
  await page.getByRole('option', { name: '★ 5' }).click();
  for (const { id } of [short, long]) await expect(row(id)).toHaveCount(0);
});

test('another take leaves the desk as it is; use these settings puts them on it, and can be undone', async ({
  studio,
}) => {
  const { desk, short, long, menu } = await twoTakes(studio);
  const { page } = studio;
  await menu(short.id, 'Another take');
  await expect.poll(async () => (await desk.takes()).length).toBe(3);
  await expect.poll(async () => (await desk.takes())[0]?.state, { timeout: 60_000 }).toBe('done');
  const [again] = await desk.takes();
  expect(again).toMatchObject({ text: SHORT, voiceId: short.voiceId, settings: short.settings, cached: false });
  expect([short.id, long.id]).not.toContain(again?.id);
  await expect(desk.text).toHaveValue(LONG);
  await expect(desk.slider('Speed')).toHaveAttribute('aria-valuenow', '1.2');

  const controls = page.getByRole('region', { name: 'Voice and controls' });
  await expect(controls).toContainText(long.voiceName);
  await menu(short.id, 'Use these settings');
  await expect(desk.slider('Speed')).toHaveAttribute('aria-valuenow', '1');
  await expect(controls).toContainText(short.voiceName);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(desk.slider('Speed')).toHaveAttribute('aria-valuenow', '1.2');
  await expect(controls).toContainText(long.voiceName);
});
