import { expect, type Locator, type Page } from '@playwright/test';
import { ListeningTest } from '../shared/schemas/listening.ts';
import { ListeningResults } from '../shared/schemas/listening-results.ts';
import type { StudioUnderTest } from './fixtures.ts';

/** What a listener, and who gives the test, does in blind listening. */
export class BlindDesk {
  readonly #studio: StudioUnderTest;

  constructor(studio: StudioUnderTest) {
    this.#studio = studio;
  }

  get page(): Page {
    return this.#studio.page;
  }

  /** Opens the setting up of a test by its method. */
  async setUp(method: 'Preference' | 'ABX' | 'Rating' | 'Rating with a reference'): Promise<void> {
    await this.page.getByRole('button', { name: 'Blind test…' }).click();
    await this.page.getByRole('menuitem', { name: `${method}…`, exact: true }).click();
    await expect(this.page.getByRole('heading', { name: 'New blind test' })).toBeVisible();
  }

  async name(listener: number, name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: `Name of listener ${listener}` }).fill(name);
  }

  async begin(): Promise<void> {
    await this.page.getByRole('button', { name: 'Begin', exact: true }).click();
  }

  /** The button that hears a place. */
  letter(place: string): Locator {
    return this.page.getByRole('button', { name: `Hear ${place}`, exact: true });
  }

  /** Waits until a trial stands there, ready to be heard. */
  async trial(number: number, of: number, places: readonly string[]): Promise<void> {
    await expect(this.page.getByRole('heading', { name: `Trial ${number} of ${of}` })).toBeVisible();
    for (const place of places) await expect(this.letter(place)).toBeEnabled({ timeout: 60_000 });
  }

  /** Hears a place by its key for long enough to be judged: once more from the beginning where its end came first. */
  async hear(key: string, place: string): Promise<void> {
    await expect(async () => {
      await this.page.keyboard.press(key);
      await expect(this.letter(place)).toHaveAttribute('aria-pressed', 'true', { timeout: 2000 });
      await expect(this.letter(place)).toHaveAttribute('data-heard', 'true', { timeout: 2000 });
    }).toPass({ timeout: 30_000 });
  }

  /** Hears every place by its number key. */
  async hearAll(places: readonly string[]): Promise<void> {
    for (const [index, place] of places.entries()) await this.hear(String(index + 1), place);
  }

  fader(place: string): Locator {
    return this.page.getByRole('slider', { name: `Quality of ${place}` });
  }

  /** Reveals the test whose page is open. */
  async reveal(): Promise<void> {
    await this.page.getByRole('button', { name: 'Reveal…' }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Reveal', exact: true }).click();
    await expect(this.page.getByRole('region', { name: 'What came out' })).toBeVisible();
  }

  /** The newest test of the project, as the page may see it. */
  async test(): Promise<ListeningTest> {
    const { body } = await this.#studio.call('/api/projects');
    const projectId = (body as { projects: { id: string }[] }).projects[0]?.id;
    const answer = await this.#studio.call(`/api/listening/tests?projectId=${projectId}`);
    return ListeningTest.parse((answer.body as { tests: unknown[] }).tests[0]);
  }

  async results(): Promise<ListeningResults> {
    const { status, body } = await this.#studio.call(`/api/listening/tests/${(await this.test()).id}/results`);
    expect(status).toBe(200);
    return ListeningResults.parse(body);
  }
}
