import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Studio } from '../../engine/studio.ts';
import { openPageOnEngine, type PageOnEngine } from './testing/page-on-engine.ts';

/** There is no sound output here: the player only writes down what it is told. */
const told = vi.hoisted((): string[] => []);
vi.mock('../player/studio-player.ts', () => ({ player: { setOutput: async (id: string) => void told.push(id) } }));

let page: PageOnEngine;
let studio: Studio;
let output: typeof import('./output.ts');
let preferences: typeof import('./preferences.ts');

/** Writes what waits to be written, as a page does that is left, and waits for it. */
async function leavePage(): Promise<void> {
  const writing = vi.spyOn(studio, 'fetch');
  preferences.flushPreferences();
  await Promise.all(writing.mock.results.map((result) => result.value as Promise<Response>));
  writing.mockRestore();
}

beforeAll(async () => {
  page = await openPageOnEngine();
  studio = page.studio;
  [output, preferences] = await Promise.all([import('./output.ts'), import('./preferences.ts')]);
});

afterAll(() => page.close());

it('the output chosen is played on, and taken up again at the next start', async () => {
  await output.restoreOutput();
  expect(told).toEqual([]);
  await output.chooseOutput('headphones');
  expect(told).toEqual(['headphones']);
  await leavePage();
  told.length = 0;
  await output.restoreOutput();
  expect(told).toEqual(['headphones']);
});

it('the system’s own choice is what is taken up where it was chosen last', async () => {
  await output.chooseOutput('');
  await leavePage();
  told.length = 0;
  await output.restoreOutput();
  expect(told).toEqual([]);
});
