import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TakeQuery } from '../../shared/schemas/take.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { addTake, draftOf, endOf, firstProject, ramp, temporaryFolder } from './test-library.ts';
import { mappedVoice, mappingInput, proposalOf, sourceVoice } from './test-mapping.ts';
import { startOther } from './test-processes.ts';

const DAY = 24 * 60 * 60 * 1000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;
let projectId: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder });
  projectId = firstProject(library);
});
afterEach(async () => {
  vi.useRealTimers();
  await library.close();
  await folder.remove();
});

const found = (query: Record<string, unknown>) => library.takes(TakeQuery.parse(query)).takes.map(({ id }) => id);

test('the shelf is made once, stays, and is no project that people see', async () => {
  const shelf = library.shelf();
  expect(library.shelf()).toBe(shelf);
  await library.close();
  library = await openLibrary({ home: folder.folder });
  expect(library.shelf()).toBe(shelf);
  expect(library.projects().map(({ id }) => id)).toEqual([projectId]);
  expect(library.hasProject(shelf)).toBe(true);
  expect(() => library.renameProject(shelf, 'Mine')).toThrow('no such project');
  expect(() => library.removeProject(shelf)).toThrow('no such project');
  expect(() => library.restoreProject(shelf)).toThrow('no such project');
  expect(() => library.exportProject(shelf)).toThrow('no such project');
  library.removeProject(projectId);
  expect(library.projects()).toHaveLength(1);
});

test('nothing that people make is kept on the shelf', async () => {
  const take = await addTake(library, draftOf(projectId));
  const shelf = library.shelf();
  expect(() => library.patchTake(take.id, { projectId: shelf })).toThrow('no such project');
  expect(() => library.mappings.create(mappingInput(shelf))).toThrow('no such project');
  const preset = { projectId: shelf, name: 'x', voiceId: 'v', voiceName: '', settings: take.settings };
  expect(() => library.createPreset(preset)).toThrow('no such project');
});

test('takes on the shelf are found by their ids and their request, and listed only where it is asked for', async () => {
  const shelf = library.shelf();
  const hidden = await addTake(library, draftOf(shelf, { text: 'A rainbow is a division.' }), undefined, 'same');
  const shown = await addTake(library, draftOf(projectId, { text: 'A rainbow is a bow.' }));
  expect(library.take(hidden.id)).toEqual(hidden);
  expect(library.audio(hidden.id)?.samples).toBe(hidden.samples);
  expect(library.takeByKey('same')).toEqual(hidden);
  expect(found({})).toEqual([shown.id]);
  expect(found({ search: 'rainbow' })).toEqual([shown.id]);
  expect(found({ voiceId: hidden.voiceId })).toEqual([shown.id]);
  expect(found({ projectId: shelf, search: 'rainbow' })).toEqual([hidden.id]);
  expect(library.patchTake(hidden.id, { projectId }).projectId).toBe(projectId);
  expect(found({ search: 'rainbow' }).toSorted()).toEqual([hidden.id, shown.id].toSorted());
});

test('a clean-up frees takes on the shelf that are old and that nothing refers to', async () => {
  const shelf = library.shelf();
  const now = Date.now();
  const old = { createdAt: now - 15 * DAY };
  const free = await addTake(library, draftOf(shelf, old), ramp(0, 1000));
  const young = await addTake(library, draftOf(shelf, { createdAt: now - 13 * DAY }), ramp(0, 2000));
  const needed = await addTake(library, draftOf(shelf, old), ramp(0, 3000));
  const own = await addTake(library, draftOf(projectId, old), ramp(0, 4000));
  const mapping = library.mappings.create(mappingInput(projectId));
  const [row] = library.mappings.addRows(mapping.id, [sourceVoice('elevenlabs:old')]);
  library.mappings.propose(row?.id ?? '', proposalOf([[mappedVoice('chatterbox:a'), [needed.id]]]), null);
  expect(await library.space()).toMatchObject({ freeableBytes: 2000, freeableTakes: 1 });
  expect(await library.cleanUp()).toEqual({ freedBytes: 2000, takes: 1 });
  const there = [free, young, needed, own].map(({ id }) => library.take(id) !== null);
  expect(there).toEqual([false, true, true, true]);
  library.mappings.remove(mapping.id);
  expect(await library.cleanUp()).toMatchObject({ takes: 1 });
  vi.useFakeTimers({ toFake: ['Date'], now: now + 2 * DAY });
  expect(await library.cleanUp()).toMatchObject({ takes: 1 });
  expect(library.take(young.id)).toBeNull();
  expect(library.take(own.id)).toEqual(own);
});

test('what shares its sound with a take on the shelf keeps it', async () => {
  const shelf = library.shelf();
  const hidden = await addTake(library, draftOf(shelf, { createdAt: 1 }), ramp(0, 1000));
  const shown = library.addSharingTake(draftOf(projectId), hidden.id);
  const broken = await library.beginTake(draftOf(shelf), null);
  await broken.finish(endOf({ state: 'failed', fault: { code: 'busy', message: 'Busy.' } }));
  expect(await library.cleanUp()).toEqual({ freedBytes: 0, takes: 2 });
  expect(library.audio(shown.id)?.samples).toBe(1000);
});

test('of several processes that ask at once, all get the same shelf', async () => {
  const others = [1, 2, 3].map(() => startOther(folder.folder, 'shelf'));
  try {
    const shelves = await Promise.all(others.map((other) => other.hear('shelf')));
    expect(new Set(shelves.map(({ shelf }) => shelf))).toEqual(new Set([library.shelf()]));
  } finally {
    for (const other of others) await other.end();
  }
});
