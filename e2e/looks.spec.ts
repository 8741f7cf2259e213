import AxeBuilder from '@axe-core/playwright';
import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

test('every screen, in both themes and sizes, is seen and has nothing serious against it', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.voice('English (America)');
  for (const text of ['A first line.', 'A second line, a little longer than the first.']) {
    await desk.write(text);
    await desk.render();
  }
  const found: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    for (const screen of ['Tune', 'Compare', 'Map', 'Review', 'Activity', 'Settings']) {
      await studio.page.getByRole('navigation', { name: 'Rooms' }).getByText(screen, { exact: true }).click();
      if (screen !== 'Tune') await expect(studio.page.getByRole('main').getByRole('heading').first()).toBeVisible();
      for (const size of SIZES) {
        await studio.resize(size);
        await studio.shoot(`${screen.toLowerCase()}-${theme}-${size.width}`);
      }
      // The checker itself sets inline styles, which the page's policy refuses: only the page's own count.
      expect(studio.complaints).toEqual([]);
      const { violations } = await new AxeBuilder({ page: studio.page }).setLegacyMode(true).analyze();
      studio.complaints.length = 0;
      for (const violation of violations) {
        if (violation.impact !== 'serious' && violation.impact !== 'critical') continue;
        found.push(`${theme} ${screen}: ${violation.id}: ${violation.nodes.map((node) => node.target).join(' ')}`);
      }
    }
    await studio.page.getByRole('button', { name: /^(Light|Dark) theme$/ }).click();
  }
  expect(found).toEqual([]);
});
