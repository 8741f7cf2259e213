import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createStudio, type Studio } from '../../engine/studio.ts';

const ORIGIN = 'http://127.0.0.1';

/** There is no sound output here: the player only writes down what it is told. */
const told = vi.hoisted((): string[] => []);
vi.mock('../player/studio-player.ts', () => ({ player: { setOutput: async (id: string) => void told.push(id) } }));

let home: string;
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
  home = await mkdtemp(join(tmpdir(), 'timbre-output-'));
  studio = await createStudio({ shell: 'web', home, pageFolder: home });
  vi.stubGlobal('location', new URL(ORIGIN));
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const address = input instanceof Request ? input.url : new URL(input, ORIGIN);
    return studio.fetch(new Request(address, init));
  });
  [output, preferences] = await Promise.all([import('./output.ts'), import('./preferences.ts')]);
});

afterAll(async () => {
  await studio.close();
  await rm(home, { recursive: true, force: true });
  vi.unstubAllGlobals();
});

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
