import { randomUUID } from 'node:crypto';
import { openLibrary } from '../engine/library/open-library.ts';
import { addTake, draftOf, firstProject } from '../engine/library/test-library.ts';
import { expect, test } from './fixtures.ts';

const MANY = 10_000;
/** Rows drawn at most, whatever the window's height. */
const DRAWN = 100;

test('of 10,000 takes only those on screen are drawn, and all can be reached, found, removed and brought back', async ({
  studio,
}) => {
  await studio.stop();
  const library = await openLibrary({ home: studio.home });
  const projectId = firstProject(library);
  const draft = (number: number) =>
    draftOf(projectId, { id: randomUUID(), text: `Line number ${number}.`, createdAt: number });
  const first = await addTake(library, draft(1));
  for (let number = 2; number <= MANY; number += 1) library.addSharingTake(draft(number), first.id);
  await library.close();
  await studio.start();

  const { page } = studio;
  const takes = page.getByRole('region', { name: 'Takes' });
  const grid = page.getByRole('grid', { name: 'Takes' });
  const drawn = () => grid.getByRole('row').count();
  await expect(takes.getByText('10,000', { exact: true })).toBeVisible();
  await expect(grid.getByText('Line number 10000.')).toBeVisible();
  expect(await drawn()).toBeLessThan(DRAWN);

  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.getByText('Line number 1.', { exact: true })).toBeVisible();
  expect(await drawn()).toBeLessThan(DRAWN);

  const search = page.getByRole('textbox', { name: 'Search takes' });
  await search.fill('number 7777');
  await expect(takes.getByText('1', { exact: true })).toBeVisible();
  await expect(grid.getByText('Line number 7777.')).toBeVisible();
  await search.fill('');
  await expect(takes.getByText('10,000', { exact: true })).toBeVisible();

  await grid.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(takes.getByText('10,000 selected')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(grid.getByText('Line number 10000.')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(takes.getByText('10,000', { exact: true })).toBeVisible();
  await expect(grid.getByText('Line number 10000.')).toBeVisible();
  expect(await drawn()).toBeLessThan(DRAWN);
  expect(studio.complaints).toEqual([]);
});
