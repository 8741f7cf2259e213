import { expect, type Locator, type Page } from '@playwright/test';
import { Take } from '../shared/schemas/take.ts';
import { Desk } from './desk.ts';
import type { StudioUnderTest } from './fixtures.ts';

/** What a person does at the Compare screen. */
export class Bench {
  readonly #studio: StudioUnderTest;

  constructor(studio: StudioUnderTest) {
    this.#studio = studio;
  }

  get page(): Page {
    return this.#studio.page;
  }

  /** The row of a slot. */
  slot(letter: string): Locator {
    return this.page.locator(`[data-slot="${letter}"]`);
  }

  letter(letter: string): Locator {
    return this.page.getByRole('button', { name: `Hear ${letter}`, exact: true });
  }

  async go(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Rooms' }).getByText('Compare', { exact: true }).click();
  }

  /** Begins a comparison with a voice and a text that are put on the desk of Tune first. */
  async begin(voice: string, text: string): Promise<void> {
    const desk = new Desk(this.#studio);
    await desk.voice(voice);
    await desk.write(text);
    await this.go();
    await this.page.getByRole('button', { name: 'Compare the voice in Tune with another one' }).click();
    await expect(this.slot('B')).toBeVisible();
  }

  /** Opens voice and controls of a slot. */
  async edit(letter: string): Promise<Locator> {
    await this.slot(letter).locator('[data-who]').click();
    const panel = this.page.getByRole('region', { name: `Voice and controls of slot ${letter}` });
    await expect(panel).toBeVisible();
    return panel;
  }

  async closeEditor(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.page.getByRole('region', { name: /^Voice and controls of slot/ })).toBeHidden();
  }

  async setVoice(letter: string, search: string): Promise<void> {
    const panel = await this.edit(letter);
    await panel.getByRole('button', { name: /./ }).nth(1).click();
    const box = this.page.getByRole('textbox', { name: 'Search voices' });
    await box.fill(search);
    await box.press('Enter');
    await expect(box).toBeHidden();
    await this.closeEditor();
    await expect(this.slot(letter)).toContainText(search);
  }

  async setControl(letter: string, name: 'Speed' | 'Pitch' | 'Volume', value: string): Promise<void> {
    const panel = await this.edit(letter);
    const entry = panel.getByRole('textbox', { name: `${name}, number` });
    await entry.fill(value);
    await entry.blur();
    await expect(panel.getByRole('slider', { name })).toHaveAttribute('aria-valuenow', String(Number(value)));
    await this.closeEditor();
  }

  /** Adds a slot like the last one. */
  async addSlotLike(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add a slot' }).click();
    await this.page.getByRole('menuitem', { name: 'Like the last one' }).click();
    await this.closeEditor();
  }

  /** Renders the text in all slots, and waits until everything about it is there. */
  async render(): Promise<void> {
    await this.page.locator('[data-render-slots]').click();
    await expect(this.page.locator('[data-render-slots]')).toHaveText('Rendered', { timeout: 60_000 });
  }

  /** Renders the text in all slots, of which some cannot. */
  async renderPart(): Promise<void> {
    await this.page.locator('[data-render-slots]').click();
    await expect(this.page.locator('[data-is="making"]')).toHaveCount(0, { timeout: 60_000 });
    await expect(this.page.locator('[data-is="failed"]').first()).toBeVisible();
  }

  /** Waits until the slots are equally loud: a gain stands in every row. */
  async matched(): Promise<void> {
    const gains = this.page.locator('[data-slot] [data-figure="gain"]');
    await expect(gains.filter({ hasText: '–' })).toHaveCount(0, { timeout: 30_000 });
  }

  /** The take of a slot. */
  async take(letter: string): Promise<Take> {
    const id = await this.slot(letter).getAttribute('data-take');
    return Take.parse((await this.#studio.call(`/api/takes/${id}`)).body);
  }
}
