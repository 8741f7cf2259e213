import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Studio } from '../../engine/studio.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { useProjects as UseProjects } from './projects.ts';
import type { NO_FILTER as NoFilter, useTakes as UseTakes } from './takes.ts';
import type { pairTexts as PairTexts, useImports as UseImports } from './takes-import.ts';
import { openPageOnEngine, type PageOnEngine } from './testing/page-on-engine.ts';

const RATE = 8000;
const COUNT = 230;

let page: PageOnEngine;
let studio: Studio;
let projectId: string;
let useTakes: typeof UseTakes;
let useImports: typeof UseImports;
let useProjects: typeof UseProjects;
let pairTexts: typeof PairTexts;
let NO_FILTER: typeof NoFilter;
let calls: typeof import('./takes-calls.ts');

function addTake(text: string): Promise<Take> {
  const samples = Int16Array.from({ length: RATE / 100 }, (_, i) => 8000 * Math.sin(i / 3));
  return studio.parts.library().importTake({ projectId, name: '', text, language: null, samples, sampleRate: RATE });
}

/** A WAV file of half a second. */
function wav(name: string): File {
  const data = Int16Array.from({ length: RATE / 2 }, (_, i) => 9000 * Math.sin(i / 4));
  const header = new DataView(new ArrayBuffer(44));
  const words = (at: number, text: string) => {
    for (const [i, letter] of [...text].entries()) header.setUint8(at + i, letter.charCodeAt(0));
  };
  words(0, 'RIFF');
  header.setUint32(4, 36 + data.byteLength, true);
  words(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, RATE, true);
  header.setUint32(28, RATE * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  words(36, 'data');
  header.setUint32(40, data.byteLength, true);
  return new File([header.buffer, data], name, { type: 'audio/wav' });
}

beforeAll(async () => {
  page = await openPageOnEngine();
  studio = page.studio;
  ({ useTakes, NO_FILTER } = await import('./takes.ts'));
  ({ useImports, pairTexts } = await import('./takes-import.ts'));
  ({ useProjects } = await import('./projects.ts'));
  calls = await import('./takes-calls.ts');
  await useProjects.getState().load();
  projectId = (await useProjects.getState().create('Takes')).id;
  for (let i = 0; i < COUNT; i += 1) await addTake(`Line number ${i}`);
});

afterAll(() => page.close());

beforeEach(async () => {
  useTakes.setState({ projectId: null, status: 'idle' });
  await useTakes.getState().openProject(projectId);
});

const rows = () => useTakes.getState().window.ids;
const known = () => rows().filter((id) => id !== undefined).length;

describe('the list of takes', () => {
  it('knows all rows and reads only what is looked at', async () => {
    expect(rows()).toHaveLength(COUNT);
    expect(known()).toBe(100);
    await useTakes.getState().show(150, 205);
    expect(known()).toBe(COUNT);
    expect(new Set(rows()).size).toBe(COUNT);
  });

  it('searches, and forgets the search again', async () => {
    await useTakes.getState().setFilter({ search: 'number 117' });
    expect(rows()).toHaveLength(1);
    await useTakes.getState().setFilter(NO_FILTER);
    expect(rows()).toHaveLength(COUNT);
  });

  it('takes in a change and a new take as the engine tells them', async () => {
    const first = rows()[0] ?? '';
    useTakes.getState().heard({ type: 'take', take: await calls.patchTake(first, { rating: 5, note: 'breath' }) });
    expect(useTakes.getState().window.takes.get(first)).toMatchObject({ rating: 5, note: 'breath' });
    const before = useTakes.getState().addedOnTop;
    const fresh = await addTake('One more');
    useTakes.getState().heard({ type: 'take', take: fresh });
    expect([rows()[0], rows().length]).toEqual([fresh.id, COUNT + 1]);
    expect(useTakes.getState().addedOnTop).toBe(before + 1);
    await calls.removeTakes([fresh.id]);
  });

  it('does not take an old take it has not read yet for a new one', async () => {
    const { takes } = await calls.listTakes({ projectId, offset: COUNT - 1, limit: 1 });
    const oldest = takes[0];
    if (oldest === undefined) throw new Error('no take');
    useTakes.getState().put(await calls.patchTake(oldest.id, { rating: 2 }));
    expect(rows()).toHaveLength(COUNT);
    expect(rows()[0]).not.toBe(oldest.id);
  });

  it('selects all, also what was not read, removes them and brings them back', async () => {
    await useTakes.getState().selectAll();
    const all = [...useTakes.getState().selection.selected];
    expect(all).toHaveLength(COUNT);
    expect(await calls.removeTakes(all)).toBe(COUNT);
    useTakes.getState().drop(all);
    expect(rows()).toHaveLength(0);
    await useTakes.getState().refresh();
    expect(rows()).toHaveLength(0);
    await calls.restoreTakes(all);
    await useTakes.getState().refresh();
    expect(rows()).toHaveLength(COUNT);
  });

  it('walks into rows that have to be read first', async () => {
    await useTakes.getState().step(1);
    expect(await useTakes.getState().step(1000)).toBe(COUNT - 1);
    expect(useTakes.getState().selection.chosen).toBe(rows()[COUNT - 1]);
  });

  it('says why it cannot be read', async () => {
    await useTakes.getState().setFilter({ search: 'x'.repeat(300) });
    expect(useTakes.getState()).toMatchObject({ status: 'failed', fault: { code: 'invalid', param: 'search' } });
    await useTakes.getState().setFilter(NO_FILTER);
    expect(useTakes.getState()).toMatchObject({ status: 'ready', fault: null });
  });
});

describe('bringing audio files in', () => {
  it('takes the text of a file of the same name', async () => {
    const files = [wav('hello.wav'), new File([' Hello. '], 'hello.txt'), new File(['{}'], 'settings.json')];
    const pairs = await pairTexts(files);
    expect(pairs.map(({ file, text }) => [file.name, text])).toEqual([['hello.wav', 'Hello.']]);
  });

  it('makes a take of each, and goes on after one that fails', async () => {
    const broken = new File(['no sound at all'], 'broken.mp3', { type: 'audio/mpeg' });
    await useImports.getState().offer([broken, wav('good.wav')]);
    const brought: Take[] = [];
    await useImports.getState().start((take) => brought.push(take));
    const { entries } = useImports.getState();
    expect(entries.map(({ state }) => state)).toEqual(['failed', 'done']);
    expect(entries[0]?.fault?.message).toBeTruthy();
    expect(brought).toHaveLength(1);
    expect(brought[0]).toMatchObject({ name: 'good', source: 'imported', state: 'done' });
    expect(brought[0]?.measurements?.duration).toBeCloseTo(0.5, 2);
    useImports.getState().close();
    expect(useImports.getState().entries).toEqual([]);
    await calls.removeTakes(brought.map(({ id }) => id));
  });

  it('a list that was closed does not end the one after it', async () => {
    const { offer, start, close } = useImports.getState();
    const brought: Take[] = [];
    await offer([wav('closed.wav')]);
    const first = start((take) => brought.push(take));
    close();
    await offer([wav('next.wav')]);
    const ends: string[] = [];
    const stop = useImports.subscribe((now, before) => {
      if (before.running && !now.running) ends.push(now.entries[0]?.state ?? 'none');
    });
    await Promise.all([start((take) => brought.push(take)), first]);
    stop();
    expect(ends).toEqual(['done']);
    close();
    await calls.removeTakes(brought.map(({ id }) => id));
  });
});

describe('projects', () => {
  it('are created, renamed, removed and brought back, and one is always open', async () => {
    const { create, rename, remove, restore } = useProjects.getState();
    const other = await create('Second');
    expect(useProjects.getState().currentId).toBe(other.id);
    await rename(other.id, 'Renamed');
    expect(useProjects.getState().projects.find(({ id }) => id === other.id)?.name).toBe('Renamed');
    await remove(other.id);
    expect(useProjects.getState().projects.some(({ id }) => id === other.id)).toBe(false);
    expect(useProjects.getState().currentId).not.toBe(other.id);
    await restore(other.id);
    expect(useProjects.getState().currentId).toBe(other.id);
  });

  it('are merged from a file without making anything twice', async () => {
    const { openProjectFile } = await import('./exports-calls.ts');
    const file = await openProjectFile(projectId, new AbortController().signal);
    const blob = await file.read(() => undefined);
    const report = await useProjects.getState().merge(new File([blob], file.name));
    expect(report).toMatchObject({ takesAdded: 0, takesKept: COUNT, problems: [] });
  });
});
