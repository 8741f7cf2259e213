import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import type { Comparison, ComparisonInput, Slot } from '../../shared/schemas/comparison.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { addTake, draftOf, firstProject, temporaryFolder } from './test-library.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;
let projectId: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder });
  projectId = firstProject(library);
});
afterEach(async () => {
  await library.close();
  await folder.remove();
});

const slot = (): Slot => ({
  id: randomUUID(),
  name: '',
  voiceId: 'builtin:espeak/en-us',
  voiceName: 'English',
  modelId: null,
  settings: NEUTRAL_SETTINGS,
});

function input(change: Partial<ComparisonInput> = {}): ComparisonInput {
  return {
    projectId,
    name: 'Two voices',
    texts: [{ id: randomUUID(), text: 'Good morning.' }],
    slots: [slot(), slot()],
    takes: {},
    switching: 'word',
    equalLoudness: true,
    decisions: [],
    ...change,
  };
}

/** The cell of a slot for the first text. */
function cellOf(made: Comparison, place = 0) {
  return { comparisonId: made.id, slotId: made.slots[place]?.id ?? '', textId: made.texts[0]?.id ?? '' };
}

test('a comparison is kept as it was made and changed', async () => {
  const made = library.createComparison(input());
  library.updateComparison(made.id, { name: 'Renamed', switching: 'restart' });
  await library.close();
  library = await openLibrary({ home: folder.folder });
  const { updatedAt: _, ...kept } = library.comparison(made.id) ?? made;
  const { updatedAt: __, ...asked } = made;
  expect(kept).toEqual({ ...asked, name: 'Renamed', switching: 'restart' });
  expect(library.comparisons(projectId)).toMatchObject([{ id: made.id, name: 'Renamed', slots: 2, texts: 1 }]);
});

test('one that is removed can be brought back until the next clean-up', async () => {
  const made = library.createComparison(input());
  library.removeComparison(made.id);
  expect(library.comparison(made.id)).toBeNull();
  expect(library.restoreComparison(made.id)).toEqual(made);
  library.removeComparison(made.id);
  await library.cleanUp();
  expect(() => library.restoreComparison(made.id)).toThrow('no such comparison');
});

test('a clean-up keeps the takes it needs, and no longer when it needs others', async () => {
  const takes = [await addTake(library, draftOf(projectId)), await addTake(library, draftOf(projectId))];
  const [one, two] = takes.map(({ id }) => id);
  const made = library.createComparison(input());
  expect(library.placeTake(cellOf(made), one ?? '')).toBe(true);
  library.removeTakes([one ?? '', two ?? '']);
  expect(await library.cleanUp()).toMatchObject({ takes: 1 });
  library.restoreTakes([one ?? '']);
  expect(library.take(one ?? '')).not.toBeNull();
  library.updateComparison(made.id, { slots: [slot(), slot()] });
  library.removeTakes([one ?? '']);
  expect(await library.cleanUp()).toMatchObject({ takes: 1 });
});

test('a decision keeps the takes that were heard, also after the slots changed', async () => {
  const take = await addTake(library, draftOf(projectId));
  const made = library.createComparison(input());
  const slots = made.slots.map((one, index) => ({ ...one, takeId: index === 0 ? take.id : null }));
  const winner = slots[0]?.id ?? null;
  const decision = { id: randomUUID(), at: 1, textId: null, winner, note: 'warmer', slots };
  library.fileDecision(made.id, decision);
  library.updateComparison(made.id, { slots: [slot(), slot()] });
  library.removeTakes([take.id]);
  expect(await library.cleanUp()).toMatchObject({ takes: 0 });
  expect(library.comparison(made.id)?.decisions).toEqual([decision]);
});

test('takes and decisions come one by one, so that nobody overwrites what another one made', async () => {
  const takes = [await addTake(library, draftOf(projectId)), await addTake(library, draftOf(projectId))];
  const made = library.createComparison(input());
  takes.forEach(({ id }, place) => void library.placeTake(cellOf(made, place), id));
  const decision = { textId: null, winner: null, note: '', slots: [] };
  const [first, second] = [randomUUID(), randomUUID()];
  library.fileDecision(made.id, { ...decision, id: second, at: 2 });
  library.fileDecision(made.id, { ...decision, id: first, at: 1 });
  library.updateComparison(made.id, { name: 'Renamed' });
  const kept = library.fileDecision(made.id, { ...decision, id: second, at: 2, note: 'why' });
  expect(kept.decisions.map(({ id, note }) => [id, note])).toEqual([
    [first, ''],
    [second, 'why'],
  ]);
  const placed = made.slots.map(({ id }) => kept.takes[id]?.[made.texts[0]?.id ?? '']);
  expect(placed).toEqual(takes.map(({ id }) => id));
  expect(library.removeDecision(made.id, first).decisions).toHaveLength(1);
});

test('a take whose comparison is gone finds no cell; one whose slot is gone is kept for nobody', async () => {
  const take = await addTake(library, draftOf(projectId));
  const made = library.createComparison(input());
  const cell = cellOf(made);
  library.placeTake({ ...cell, slotId: randomUUID() }, take.id);
  library.updateComparison(made.id, { name: 'Other' });
  library.removeTakes([take.id]);
  expect(await library.cleanUp()).toMatchObject({ takes: 1 });
  library.removeComparison(made.id);
  expect(library.placeTake(cell, take.id)).toBe(false);
});

test('what cannot be kept is refused, and an unknown project too', () => {
  expect(() => library.createComparison(input({ name: '  ' }))).toThrow('cannot be kept');
  expect(() => library.createComparison(input({ slots: Array.from({ length: 9 }, slot) }))).toThrow('cannot be kept');
  expect(() => library.createComparison(input({ projectId: randomUUID() }))).toThrow('no such project');
  expect(() => library.updateComparison(randomUUID(), { name: 'x' })).toThrow('no such comparison');
});

test('they go with their project and come back with it', () => {
  const second = library.createProject('Second');
  const made = library.createComparison(input({ projectId: second.id }));
  library.removeProject(second.id);
  expect(library.comparison(made.id)).toBeNull();
  library.restoreProject(second.id);
  expect(library.comparison(made.id)).toEqual(made);
});

test('features of a take are kept with its sound, and those of a new version in their place', async () => {
  const take = await addTake(library, draftOf(projectId));
  expect(library.features(take.id)).toBeNull();
  library.storeFeatures(take.id, Uint8Array.of(1, 2, 3));
  library.storeFeatures(take.id, Uint8Array.of(4, 5));
  expect([...(library.features(take.id) ?? [])]).toEqual([4, 5]);
  const sharing = library.addSharingTake(draftOf(projectId), take.id);
  expect([...(library.features(sharing.id) ?? [])]).toEqual([4, 5]);
});

test('a blended voice that only a slot speaks with goes with its project', async () => {
  const parts = ['a', 'b'].map((voice) => ({ voice, weight: 0.5 }));
  library.addBlend({ id: 'blend-1', name: 'Both', parts });
  const blended = { ...slot(), voiceId: 'builtin:blend-1' };
  library.createComparison(input({ slots: [blended, slot()] }));
  const bytes = await new Response(library.exportProject(projectId)).arrayBuffer();
  const elsewhere = await temporaryFolder();
  const other = await openLibrary({ home: elsewhere.folder });
  try {
    expect((await other.importProject(new Blob([bytes]).stream())).problems).toEqual([]);
    expect(other.blends().map(({ id }) => id)).toEqual(['blend-1']);
  } finally {
    await other.close();
    await elsewhere.remove();
  }
});

test('they go out with a project and come back in, with the takes that are heard', async () => {
  const take = await addTake(library, draftOf(projectId));
  const made = library.createComparison(input());
  library.placeTake(cellOf(made), take.id);
  const changed = library.comparison(made.id);
  const bytes = await new Response(library.exportProject(projectId)).arrayBuffer();
  const elsewhere = await temporaryFolder();
  const other = await openLibrary({ home: elsewhere.folder });
  try {
    expect((await other.importProject(new Blob([bytes]).stream())).problems).toEqual([]);
    expect(other.comparison(made.id)).toEqual(changed);
    other.removeTakes([take.id]);
    expect(await other.cleanUp()).toMatchObject({ takes: 0 });
  } finally {
    await other.close();
    await elsewhere.remove();
  }
});
