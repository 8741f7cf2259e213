import { Desk } from '../desk.ts';
import { expect, test } from '../fixtures.ts';

test('an engine that is gone is said so, and nothing on the desk is lost', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.voice('English (America)');
  await desk.write('Kept whatever happens.');
  await desk.render();
  await studio.web.stop();
  await expect(studio.page.getByRole('status').filter({ hasText: /does not answer/ })).toBeVisible();
  await desk.text.press('Control+Enter');
  await expect(studio.page.getByRole('alert').filter({ hasText: /does not answer/ })).toBeVisible();
  await expect(desk.text).toHaveValue('Kept whatever happens.');
  await studio.shoot('lost-engine');
});
