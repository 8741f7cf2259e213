import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';

test('a pause is put into the text by keys alone, and undo takes it back', async ({ studio }) => {
  const { page } = studio;
  const { text } = new Desk(studio);
  await text.fill('Good evening. The rain has stopped.');
  await text.evaluate((field) => field instanceof HTMLTextAreaElement && field.setSelectionRange(13, 13));
  await page.keyboard.press('Control+i');
  await expect(page.getByRole('menuitem', { name: '[pause 0.5s]' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(text).toHaveValue('Good evening. [pause 0.5s] The rain has stopped.');
  await expect(text).toBeFocused();
  await page.keyboard.type('!');
  await expect(text).toHaveValue('Good evening. [pause 0.5s]! The rain has stopped.');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(text).toHaveValue('Good evening. The rain has stopped.');

  await page.getByRole('button', { name: 'Insert', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu', { name: 'Insert' })).toBeHidden();
  await expect(text).toBeFocused();

  // The same keys faster than a list can be drawn.
  await page.evaluate(async () => {
    const press = async (init: KeyboardEventInit) => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
      await Promise.resolve();
    };
    await press({ key: 'i', code: 'KeyI', ctrlKey: true });
    await press({ key: 'Escape', code: 'Escape' });
  });
  await expect(page.getByRole('menu', { name: 'Insert' })).toHaveCount(0);
  await expect(text).toBeFocused();

  // Asked for twice it is still left to where the caret was, and it takes no key from what is opened over it.
  await page.keyboard.press('Control+i');
  await expect(page.getByRole('menuitem', { name: '[pause 0.5s]' })).toBeFocused();
  await page.keyboard.press('Control+i');
  await page.keyboard.press('Escape');
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+i');
  await expect(page.getByRole('menuitem', { name: '[pause 0.5s]' })).toBeFocused();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('textbox', { name: 'A command, a preset or a voice' });
  await expect(palette).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  expect(studio.complaints).toEqual([]);
});

test('what is typed before the search of the voices is there goes into it, and does nothing else', async ({
  studio,
}) => {
  const { page } = studio;
  const search = page.getByRole('textbox', { name: 'Search voices' });
  await page.locator('[data-browser="loaded"]').waitFor();
  // Faster than any hand: all keys come before the page can draw a frame.
  await page.evaluate(() => {
    for (const key of 'vlil') {
      const code = `Key${key.toUpperCase()}`;
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
    }
  });
  await expect(search).toHaveValue('lil');
  await page.keyboard.type('y');
  await expect(search).toHaveValue('lily');
  await expect(page.getByRole('button', { name: 'Loop', exact: true })).toHaveAttribute('aria-pressed', 'false');

  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('list', { name: 'Voices' }).getByRole('button').first()).toBeFocused();
  await page.keyboard.type('x');
  await expect(search).toHaveValue('lilyx');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await expect(search).toBeHidden();
  await expect(page.getByRole('region', { name: 'Voice and controls' })).toContainText('Lily');
});
