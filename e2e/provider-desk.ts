import { expect, type Locator, type Page } from '@playwright/test';
import type { StudioUnderTest } from './fixtures.ts';

/** What a person does with providers in Settings. */
export class ProviderDesk {
  readonly #studio: StudioUnderTest;

  constructor(studio: StudioUnderTest) {
    this.#studio = studio;
  }

  get page(): Page {
    return this.#studio.page;
  }

  async go(room: 'Tune' | 'Settings'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Rooms' }).getByText(room, { exact: true }).click();
  }

  /** The part of Settings that shows a provider. */
  card(name: string): Locator {
    return this.page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('button', { name: `Test ${name}` }) });
  }

  /** Sets a provider up as a person does: its kind, its key, its address. */
  async add(kind: 'ElevenLabs' | 'Chatterbox', { address, key }: { address: string; key?: string }): Promise<void> {
    await this.go('Settings');
    const first = this.page.getByRole('button', { name: `Add ${kind}` });
    const further = this.page.getByRole('button', { name: 'Add a provider' });
    await expect(first.or(further).first()).toBeVisible();
    if (await further.isVisible()) await further.click();
    await first.click();
    const form = this.page.getByRole('form', { name: `Add ${kind}` });
    await form.getByLabel(/^Address/).fill(address);
    if (key !== undefined) await form.getByLabel(/^Key/).fill(key);
    await form.getByRole('button', { name: 'Add and look' }).click();
    await expect(form).toBeHidden();
  }

  /** Waits until a provider's voices are listed. */
  async listed(provider: string): Promise<void> {
    await expect
      .poll(async () => JSON.stringify((await this.#studio.call('/api/voices')).body).includes(`"${provider}:`), {
        timeout: 30_000,
      })
      .toBe(true);
  }
}
