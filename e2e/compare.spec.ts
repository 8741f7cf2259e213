import { Bench } from './compare-desk.ts';
import { expect, test } from './fixtures.ts';

const TEXT = 'The ship sails at noon. Nobody knows who will be on board, or where it goes.';

test('slots are rendered, heard, flipped between and decided on', async ({ studio }) => {
  const bench = new Bench(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setVoice('B', 'Great Britain');
  await bench.addSlotLike();
  await bench.setControl('C', 'Pitch', '3');
  await studio.shoot('compare-before');
  await bench.render();
  await studio.shoot('compare-rendered');
  await studio.page.keyboard.press('Space');
  await expect(bench.letter('A')).toHaveAttribute('aria-pressed', 'true');
  await studio.page.keyboard.press('2');
  await expect(bench.letter('B')).toHaveAttribute('aria-pressed', 'true');
  await studio.shoot('compare-playing');
  await studio.page.keyboard.press('x');
  await expect(bench.letter('A')).toHaveAttribute('aria-pressed', 'true');
});
