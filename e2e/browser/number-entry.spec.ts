import { Desk } from '../desk.ts';
import { expect, test } from '../fixtures.ts';

test('a number is typed over by key and by mouse, stepped, and left alone by what comes from elsewhere', async ({
  studio,
}) => {
  const { page } = studio;
  const desk = new Desk(studio);
  const pitch = page.getByRole('textbox', { name: 'Pitch, number' });
  const expectPitch = (semitones: string) =>
    expect(desk.slider('Pitch')).toHaveAttribute('aria-valuenow', String(Number(semitones)));
  await expect(pitch).toHaveValue('0.0 st');

  // A click selects all of it; a comma is a point; the unit comes back when the field is left.
  await pitch.click();
  await page.keyboard.type('-2,5');
  await expectPitch('-2.5');
  await page.keyboard.press('Tab');
  await expect(pitch).toHaveValue('−2.5 st');

  // What is out of the range is brought into it, and stands there selected.
  await pitch.focus();
  await page.keyboard.type('99');
  await expectPitch('9');
  await page.keyboard.press('Enter');
  await expect(pitch).toHaveValue('12.0 st');
  await page.keyboard.type('3');
  await expectPitch('3');

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(pitch).toHaveValue('2.1 st');
  await expectPitch('2.1');

  // While it is held, a change from elsewhere waits for its turn and neither moves the caret nor joins what is typed.
  await pitch.blur();
  await pitch.focus();
  await page.getByRole('button', { name: 'Reset all' }).evaluate((button) => (button as HTMLButtonElement).click());
  await expectPitch('0');
  await expect(pitch).toHaveValue('2.1 st');
  await page.keyboard.type('4');
  await expect(pitch).toHaveValue('4');
  await pitch.blur();
  await expectPitch('4');

  // What is no number changes nothing.
  await pitch.fill('loud');
  await pitch.blur();
  await expect(pitch).toHaveValue('4.0 st');
  await expect(pitch).not.toBeFocused();
});
