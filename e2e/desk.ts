import { expect, type Locator, type Page } from '@playwright/test';
import { Project } from '../shared/schemas/project.ts';
import { Take, TakePage } from '../shared/schemas/take.ts';
import type { StudioUnderTest } from './fixtures.ts';
import { type Heard, heard, letPlay, listenAnew } from './heard.ts';

/** What a person does at the Tune screen. */
export class Desk {
  readonly #studio: StudioUnderTest;

  constructor(studio: StudioUnderTest) {
    this.#studio = studio;
  }

  get page(): Page {
    return this.#studio.page;
  }

  get text(): Locator {
    return this.page.getByRole('textbox', { name: 'Text to speak' });
  }

  get rows(): Locator {
    return this.page
      .getByRole('grid', { name: 'Takes' })
      .getByRole('row', { selected: false })
      .or(this.page.getByRole('grid', { name: 'Takes' }).getByRole('row', { selected: true }));
  }

  async write(text: string): Promise<void> {
    await this.text.fill(text);
  }

  /** Chooses the first voice that a search finds. */
  async voice(search: string): Promise<void> {
    await this.page.getByRole('region', { name: 'Voice and controls' }).getByRole('button').first().click();
    const box = this.page.getByRole('textbox', { name: 'Search voices' });
    await box.fill(search);
    await box.press('Enter');
    await expect(box).toBeHidden();
    await expect(this.page.getByRole('region', { name: 'Voice and controls' })).toContainText(search);
  }

  slider(name: 'Speed' | 'Pitch' | 'Volume'): Locator {
    return this.page.getByRole('slider', { name });
  }

  /** Types a value into the number beside a slider. */
  async set(name: 'Speed' | 'Pitch' | 'Volume', value: string): Promise<void> {
    const entry = this.page.getByRole('textbox', { name: `${name}, number` });
    await entry.focus();
    await entry.pressSequentially(value);
    await entry.blur();
    await expect(this.slider(name)).toHaveAttribute('aria-valuenow', String(Number(value)));
  }

  /** Renders what lies on the desk by key and waits until the take is stored and measured. */
  async render(): Promise<Take> {
    const before = await this.takes();
    await this.page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await this.takes())[0]?.measurements ?? null, { timeout: 60_000 }).not.toBeNull();
    await expect.poll(async () => (await this.takes()).length, { timeout: 60_000 }).toBe(before.length + 1);
    await expect.poll(async () => (await this.takes())[0]?.measurements ?? null, { timeout: 60_000 }).not.toBeNull();
    return Take.parse((await this.takes())[0]);
  }

  /** All takes, newest first. */
  async takes(): Promise<Take[]> {
    const { status, body } = await this.#studio.call('/api/takes');
    expect(status).toBe(200);
    return TakePage.parse(body).takes;
  }

  async projects(): Promise<Project[]> {
    const { body } = await this.#studio.call('/api/projects');
    return Project.array().parse((body as { projects: unknown }).projects);
  }

  /** Waits until nothing plays any more. */
  async played(): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible({ timeout: 60_000 });
    await letPlay(this.page, 0.7);
  }

  /** Plays what lies on the desk from its beginning to its end, and gives what was heard. */
  async listen(): Promise<Heard> {
    await listenAnew(this.page);
    await this.page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect(this.page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
    await this.played();
    return await heard(this.page);
  }
}
