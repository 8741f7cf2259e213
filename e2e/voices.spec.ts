import { z } from 'zod';
import { Voice } from '../shared/schemas/voice.ts';
import { Desk } from './desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';
import { heard, listenAnew, tap } from './heard.ts';

/** The voice browser as a person sees it. */
class VoiceBrowser {
  readonly #studio: StudioUnderTest;

  constructor(studio: StudioUnderTest) {
    this.#studio = studio;
  }

  get page() {
    return this.#studio.page;
  }

  get rows() {
    return this.page.getByRole('list', { name: 'Voices' }).getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.getByRole('region', { name: 'Voice and controls' }).getByRole('button').first().click();
    await expect(this.page.getByRole('list', { name: 'Voices' })).toBeVisible();
  }

  async filter(name: 'Language' | 'Accent' | 'Gender' | 'Provider', option: string): Promise<void> {
    await this.page.getByRole('combobox', { name, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  async search(words: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Search voices' }).fill(words);
  }

  /** Expects that exactly these voices are listed, by how often each name occurs, and that their number is told. */
  async shows(voices: Voice[], of: number): Promise<void> {
    await expect(this.page.getByText(`${voices.length} of ${of}`, { exact: true })).toBeVisible();
    await expect(this.rows.first()).toHaveAttribute('aria-setsize', String(voices.length));
    expect((await this.walk()).sort()).toEqual(voices.map(({ name }) => `Make ${name} a favourite`).sort());
  }

  /** The stars of all rows, of which only those on screen are drawn: from the first down to the last. */
  async walk(): Promise<(string | null)[]> {
    const stars = new Map<string, string | null>();
    const list = this.page.getByRole('list', { name: 'Voices' });
    const size = Number(await this.rows.first().getAttribute('aria-setsize'));
    for (let top = 0; stars.size < size; top += 200) {
      expect(top).toBeLessThan(size * 60);
      await list.evaluate(scrolledTo, top);
      const drawn = await this.rows.evaluateAll((rows) =>
        rows.map((row) => ({
          place: row.getAttribute('aria-posinset') ?? '',
          star: row.querySelector('[aria-label*="favourite"]')?.getAttribute('aria-label') ?? null,
        })),
      );
      for (const { place, star } of drawn) stars.set(place, star);
    }
    await list.evaluate((element) => element.parentElement?.scrollTo({ top: 0 }));
    return [...stars.values()];
  }
}

/** Scrolls the box of a list and waits until the rows in its middle, or the last one, are drawn. */
async function scrolledTo(list: Element, top: number): Promise<void> {
  const box = list.parentElement as HTMLElement;
  box.scrollTo({ top });
  const isDrawn = () => {
    const view = box.getBoundingClientRect();
    const middle = view.top + view.height / 2;
    return [...list.querySelectorAll('[aria-posinset]')].some((row) => {
      const { top: above, bottom } = row.getBoundingClientRect();
      const isLast = row.getAttribute('aria-posinset') === row.getAttribute('aria-setsize');
      return (above <= middle && bottom >= middle) || (isLast && bottom <= view.bottom + 1);
    });
  };
  while (!isDrawn()) await new Promise(requestAnimationFrame);
}

async function allVoices(studio: StudioUnderTest): Promise<Voice[]> {
  const { body } = await studio.call('/api/voices');
  return z.object({ voices: Voice.array() }).parse(body).voices;
}

test('the filters narrow the voices one after the other, and the search narrows what they leave', async ({
  studio,
}) => {
  const voices = await allVoices(studio);
  const browser = new VoiceBrowser(studio);
  await browser.open();
  await browser.shows(voices, voices.length);

  let left = voices;
  const narrowed = async (keep: (voice: Voice) => boolean) => {
    const before = left.length;
    left = left.filter(keep);
    expect(left.length).toBeLessThan(before);
    expect(left.length).toBeGreaterThan(0);
    await browser.shows(left, voices.length);
  };
  await browser.filter('Language', 'English');
  await narrowed(({ languages }) => languages.some((tag) => tag.split('-')[0] === 'en'));
  await browser.filter('Provider', 'Kokoro');
  await narrowed(({ model }) => model.startsWith('kokoro'));
  await browser.filter('Accent', 'British');
  await narrowed(({ accent }) => accent === 'British');
  await browser.filter('Gender', 'male');
  await narrowed(({ gender }) => gender === 'male');
  await browser.search('geo');
  await narrowed(({ name }) => name.startsWith('Geo'));

  await studio.page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(studio.page.getByRole('textbox', { name: 'Search voices' })).toHaveValue('geo');
  await browser.search('no such voice');
  await expect(studio.page.getByText('No voice is like this.')).toBeVisible();
  await studio.page.getByRole('button', { name: 'Show all voices' }).click();
  await browser.shows(voices, voices.length);
});

test('a star brings a voice to the top, and is kept over a restart', async ({ studio }) => {
  const browser = new VoiceBrowser(studio);
  await browser.open();
  await expect(browser.rows.first()).not.toContainText('Lily');
  await browser.search('Lily');
  await studio.page.getByRole('button', { name: 'Make Lily a favourite' }).click();
  await expect(studio.page.getByRole('button', { name: 'Take Lily out of the favourites' })).toBeVisible();

  await studio.restart();
  await browser.open();
  await expect(browser.rows.first()).toContainText('Lily');
  await studio.page.getByRole('button', { name: 'Favourites only' }).click();
  await expect(browser.rows).toHaveCount(1);
  await studio.page.getByRole('button', { name: 'Take Lily out of the favourites' }).click();
  await expect(studio.page.getByText('No voice is like this.')).toBeVisible();
});

test('a sample of a voice is heard, each in its own pitch, and leaves no take behind', async ({ studio }) => {
  await tap(studio.page);
  const desk = new Desk(studio);
  const browser = new VoiceBrowser(studio);
  const sample = async (name: string) => {
    await browser.search(name);
    await expect(browser.rows).toHaveCount(1);
    await listenAnew(studio.page);
    await studio.page
      .getByRole('list')
      .getByRole('button', { name: `Hear a sample of ${name}` })
      .click();
    const stop = studio.page.getByRole('list').getByRole('button', { name: `Stop the sample of ${name}` });
    await expect(stop).toBeVisible();
    await expect(stop).toBeHidden({ timeout: 60_000 });
    const sound = await heard(studio.page);
    expect(sound.seconds).toBeGreaterThan(1);
    expect(sound.level).toBeGreaterThan(-40);
    return sound.pitch;
  };
  await browser.open();
  const low = await sample('Michael');
  const high = await sample('Bella');
  expect(high / low).toBeGreaterThan(1.15);
  expect(await desk.takes()).toEqual([]);
  expect(studio.complaints).toEqual([]);
});

test('five thousand voices are walked by key, and few of them are drawn', async ({ studio }) => {
  const { page } = studio;
  const { body } = await studio.call('/api/voices');
  const [one] = await allVoices(studio);
  const many = Array.from({ length: 5000 }, (_, i) => ({
    ...one,
    id: `far:${i}`,
    provider: 'far',
    name: `Voice ${i + 1}`,
    labels: [i % 2 === 0 ? 'calm' : 'lively'],
  }));
  const lists = [{ provider: 'far', name: 'Far', at: Date.now(), voices: 5000, refreshing: false, fault: null }];
  await page.route('**/api/voices', (route) =>
    route.fulfill({ json: { ...(body as object), voices: many, favourites: [], lists } }),
  );
  await page.reload();
  const browser = new VoiceBrowser(studio);
  await browser.open();
  await expect(page.getByText('5,000 of 5,000', { exact: true })).toBeVisible();
  await expect(page.getByText('Far: 5,000 voices, read just now')).toBeVisible();

  const focused = browser.rows.filter({ has: page.locator('button:focus') });
  const goes = async (key: string, place: number) => {
    await page.keyboard.press(key);
    await expect(focused).toHaveAttribute('aria-posinset', String(place));
    await expect(focused).toBeInViewport();
    expect(await browser.rows.count()).toBeLessThan(60);
  };
  await goes('ArrowDown', 1);
  await goes('End', 5000);
  await goes('ArrowUp', 4999);
  await page.mouse.move(0, 0);
  await browser.rows.first().evaluate((row) => row.closest('div')?.scrollTo({ top: 0 }));
  await goes('ArrowDown', 5000);
  await goes('Home', 1);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('calm voice 4999');
  await expect(page.getByText('1 of 5,000', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Voice and controls' })).toContainText('Voice 4999');
});
