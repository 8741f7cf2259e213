import { expect, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { type MappingRow, WholeMapping } from '../shared/schemas/mapping.ts';
import { Project } from '../shared/schemas/project.ts';
import type { StudioUnderTest } from './fixtures.ts';

const Mappings = z.object({ mappings: z.array(z.object({ id: z.string() })) });
const Projects = z.object({ projects: z.array(Project) });

/** What a person does at the Map screen. */
export class MapDesk {
  readonly #studio: StudioUnderTest;

  constructor(studio: StudioUnderTest) {
    this.#studio = studio;
  }

  get page(): Page {
    return this.#studio.page;
  }

  /** A voice's line in the table. */
  row(name: string): Locator {
    return this.page.getByRole('grid', { name: 'Voices' }).locator(`[data-row="${name}"]`);
  }

  /** The pane of a voice. */
  pane(name: string): Locator {
    return this.page.getByRole('region', { name: `${name} and its successor` });
  }

  verdict(name: 'Approve' | 'Reject' | 'Later'): Locator {
    return this.page.getByRole('region', { name: 'Verdict' }).getByRole('button', { name });
  }

  side(side: 'old' | 'new'): Locator {
    return this.page.locator(`button[data-side="${side}"]`);
  }

  async go(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Rooms' }).getByText('Map', { exact: true }).click();
  }

  /** Begins a mapping from one provider to another. */
  async begin(from: string, to: string): Promise<void> {
    const form = this.page.getByRole('form', { name: 'New mapping' });
    await this.#choose(form, 'From', from);
    await this.#choose(form, 'To', to);
    await form.getByRole('button', { name: 'Choose voices' }).click();
    await expect(this.page.getByRole('heading', { name: 'Which voices are to be mapped?' })).toBeVisible();
  }

  async #choose(form: Locator, label: string, choice: string): Promise<void> {
    await form.getByRole('combobox', { name: label, exact: true }).click();
    await this.page.getByRole('option', { name: choice }).click();
  }

  /** Ticks these voices alone, and adds them. */
  async add(...names: string[]): Promise<void> {
    const list = this.page.getByRole('list', { name: 'Voices to add' });
    await expect(list.getByRole('listitem').first()).toBeVisible();
    for (const box of await list.getByRole('checkbox').all()) await box.uncheck();
    for (const name of names) {
      await this.page.getByRole('textbox', { name: 'Search these voices' }).fill(name);
      await list.getByRole('checkbox').first().check();
    }
    await this.page.getByRole('button', { name: `Add ${names.length} voice` }).click();
    for (const name of names) await expect(this.row(name)).toBeVisible();
  }

  /** Looks for the nearest voices of all that nobody approved, and waits until they are found. */
  async find(lines = 1): Promise<void> {
    await this.page.locator('[data-find-nearest]').click();
    const dialog = this.page.getByRole('dialog', { name: 'Find nearest voices' });
    await dialog.getByRole('textbox', { name: 'Lines', exact: true }).fill(String(lines));
    await dialog.getByRole('button', { name: 'Find', exact: true }).click();
    await expect(dialog).toBeHidden();
    await this.found();
  }

  /** Waits until a search is done. */
  async found(): Promise<void> {
    await expect(this.page.getByRole('region', { name: 'Search' })).toContainText('The search is done', {
      timeout: 100_000,
    });
  }

  /** Takes a voice in hand. */
  async choose(name: string): Promise<void> {
    await this.row(name).click();
    await expect(this.pane(name)).toBeVisible();
  }

  /** Takes back what is told of in these words. */
  async undo(words: RegExp): Promise<void> {
    const told = this.page.getByRole('alert').filter({ hasText: words });
    await told.getByRole('button', { name: 'Undo' }).click();
    await expect(told).toBeHidden();
  }

  /** The open mapping as the engine has it. */
  async mapping(): Promise<WholeMapping> {
    const { projects } = Projects.parse((await this.#studio.call('/api/projects')).body);
    const list = await this.#studio.call(`/api/mappings?projectId=${projects[0]?.id}`);
    const [first] = Mappings.parse(list.body).mappings;
    return WholeMapping.parse((await this.#studio.call(`/api/mappings/${first?.id}`)).body);
  }

  /** A voice's row as the engine has it. */
  async stored(name: string): Promise<MappingRow> {
    const row = (await this.mapping()).rows.find(({ source }) => source.voiceName.startsWith(name));
    if (!row) throw new Error(`${name} is not in the mapping.`);
    return row;
  }
}
