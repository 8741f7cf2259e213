import AxeBuilder from '@axe-core/playwright';
import { BlindDesk } from './blind-desk.ts';
import { Bench } from './compare-desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

/** Pictures of what is open, in both themes and sizes. @returns what is serious against it */
async function lookAt(studio: StudioUnderTest, name: string): Promise<string[]> {
  const { page } = studio;
  const found: string[] = [];
  for (const theme of ['dark', 'light']) {
    await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), theme);
    for (const size of SIZES) {
      await studio.resize(size);
      await studio.shoot(`blind-${name}-${theme}-${size.width}`);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (beyond > 0) found.push(`${name} at ${size.width}: ${beyond} px too wide`);
    }
    // The checker itself sets inline styles, which the page's policy refuses: only the page's own count.
    expect(studio.complaints).toEqual([]);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    studio.complaints.length = 0;
    for (const violation of violations) {
      if (violation.impact !== 'serious' && violation.impact !== 'critical') continue;
      found.push(`${theme} ${name}: ${violation.id}: ${violation.nodes.map((node) => node.target).join(' ')}`);
    }
  }
  return found;
}

test('a blind test, from its plan to its results, is seen in both themes and sizes with nothing serious against it', async ({
  studio,
}) => {
  const { page } = studio;
  const bench = new Bench(studio);
  const blind = new BlindDesk(studio);
  await bench.begin(
    'English (America)',
    'The lighthouse is older than the harbour, and nobody remembers who built it.',
  );
  await bench.setControl('B', 'Speed', '1.15');
  await bench.addSlotLike();
  await bench.setControl('C', 'Speed', '0.9');
  await bench.render();
  const found: string[] = [];

  await blind.setUp('Preference');
  await page.getByRole('button', { name: 'Another listener' }).click();
  found.push(...(await lookAt(studio, 'plan')));
  await page.getByRole('radio', { name: /^Rating with a reference/ }).click();
  await page.getByRole('combobox', { name: /lighthouse/ }).click();
  await page.getByRole('option', { name: 'Take of slot A' }).click();
  await expect(page.getByText('One of the slots is itself the reference')).toBeVisible();
  await page.getByRole('checkbox', { name: /^A / }).uncheck();
  await expect(page.getByText('One of the slots is itself the reference')).toHaveCount(0);
  await blind.name(1, 'Ann');
  await blind.name(2, 'Bob');
  await page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
  found.push(...(await lookAt(studio, 'plan-reference')));
  await blind.begin();

  // Two slots, the hidden reference and the anchor; the open reference beside them has a key of its own.
  const places = ['1', '2', '3', '4'];
  for (const [listener, highest] of [['Ann', 100] as const, ['Bob', 90] as const]) {
    await blind.trial(1, 1, ['R', ...places]);
    await blind.hearAll(places);
    await expect(page.getByText('Listen to R first')).toBeVisible();
    await blind.hear('r', 'R');
    for (const [index, place] of places.entries()) {
      await page.keyboard.press(place);
      await expect(blind.fader(place)).toBeFocused();
      await page.keyboard.press('End');
      for (let points = 100; points > highest - index * 20; points -= 10) await page.keyboard.press('PageDown');
    }
    await expect(page.getByText('Press Enter to go on.')).toBeVisible();
    await page.keyboard.press('Space');
    if (listener === 'Ann') found.push(...(await lookAt(studio, 'rating')));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: `Thank you, ${listener}` })).toBeVisible();
    if (listener === 'Ann') {
      found.push(...(await lookAt(studio, 'thanks')));
      await page.getByRole('button', { name: 'Next: Bob' }).click();
    }
  }
  await page.getByRole('button', { name: 'To the page of the test' }).click();
  await expect(page.getByRole('row', { name: /Bob done/ })).toBeVisible();
  found.push(...(await lookAt(studio, 'owner')));
  await blind.reveal();
  found.push(...(await lookAt(studio, 'ratings')));
  await page.getByRole('button', { name: 'Close', exact: true }).first().click();

  await blind.setUp('ABX');
  await page.getByRole('textbox', { name: 'Trials of each listener' }).fill('2');
  await blind.begin();
  await blind.trial(1, 2, ['A', 'B', 'X']);
  await blind.hearAll(['A', 'B', 'X']);
  await page.keyboard.press('b');
  await page.keyboard.press('Space');
  found.push(...(await lookAt(studio, 'abx')));
  expect(found).toEqual([]);
});
