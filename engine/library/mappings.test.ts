import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOST_ROWS, type WholeMapping } from '../../shared/schemas/mapping.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { addTake, draftOf, firstProject, temporaryFolder } from './test-library.ts';
import { mappedVoice, mappingInput, proposalOf, sourceVoice, verdictOf } from './test-mapping.ts';

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

const create = () => library.mappings.create(mappingInput(projectId));
const names = (mapping: Pick<WholeMapping, 'id'>) =>
  library.mappings.one(mapping.id)?.rows.map(({ source }) => source.voiceName);
const voicesOf = (...letters: string[]) =>
  letters.map((letter) => sourceVoice(`elevenlabs:${letter}`, { voiceName: letter }));

/** A mapping with one row, and that row's id. */
function oneRow(voiceId = 'elevenlabs:old') {
  const mapping = create();
  const [row] = library.mappings.addRows(mapping.id, [sourceVoice(voiceId)]);
  return { mapping, rowId: row?.id ?? '' };
}

async function reopened(): Promise<void> {
  await library.close();
  library = await openLibrary({ home: folder.folder });
}

/** Changes the database past the library. */
function meddle(sql: string): void {
  const database = new DatabaseSync(join(folder.folder, 'library.sqlite'));
  database.exec(sql);
  database.close();
}

describe('a mapping', () => {
  test('is kept as it was made and changed, with its rows', async () => {
    const made = create();
    const rows = library.mappings.addRows(made.id, voicesOf('a', 'b'));
    const changed = library.mappings.update(made.id, { name: 'Renamed', lines: ['One.', 'Two.'] });
    await reopened();
    expect(library.mappings.one(made.id)).toEqual({ ...changed, rows });
    expect(changed).toMatchObject({ ...mappingInput(projectId), name: 'Renamed', lines: ['One.', 'Two.'] });
    expect(library.mappings.list(projectId)).toMatchObject([{ id: made.id, name: 'Renamed', rows: 2, approved: 0 }]);
  });

  test('that is removed can be brought back until the next clean-up', async () => {
    const made = create();
    library.mappings.addRows(made.id, voicesOf('a'));
    const whole = library.mappings.one(made.id);
    library.mappings.remove(made.id);
    expect(library.mappings.one(made.id)).toBeNull();
    expect(library.mappings.list(projectId)).toEqual([]);
    expect(() => library.mappings.addRows(made.id, voicesOf('b'))).toThrow('no such mapping');
    expect(library.mappings.restore(made.id)).toEqual(whole);
    library.mappings.remove(made.id);
    await library.cleanUp();
    expect(() => library.mappings.restore(made.id)).toThrow('no such mapping');
  });

  test('goes with its project and comes back with it', () => {
    const second = library.createProject('Second');
    const made = library.mappings.create(mappingInput(second.id));
    library.removeProject(second.id);
    expect(library.mappings.one(made.id)).toBeNull();
    library.restoreProject(second.id);
    expect(library.mappings.one(made.id)).toEqual(made);
  });

  test('that cannot be kept is refused, and so is one of no project', () => {
    expect(() => library.mappings.create(mappingInput(projectId, { name: '  ' }))).toThrow('cannot be kept');
    expect(() => library.mappings.create(mappingInput(projectId, { lines: [] }))).toThrow('cannot be kept');
    expect(() => library.mappings.create(mappingInput(randomUUID()))).toThrow('no such project');
    expect(() => library.mappings.update(randomUUID(), { name: 'x' })).toThrow('no such mapping');
  });
});

describe('rows', () => {
  test('of a voice that is there already are not added twice; recordings are a voice of their own', () => {
    const made = create();
    const [a = '', b = ''] = [randomUUID(), randomUUID()];
    library.mappings.addRows(made.id, voicesOf('x'));
    const added = library.mappings.addRows(made.id, [
      ...voicesOf('x', 'y', 'y'),
      sourceVoice(null, { voiceName: 'r', recordings: [a, b] }),
      sourceVoice(null, { voiceName: 'r', recordings: [b, a] }),
      sourceVoice(null, { voiceName: 'r', recordings: [b] }),
    ]);
    expect(added.map(({ place }) => place)).toEqual([1, 2, 3]);
    expect(names(made)).toEqual(['x', 'y', 'r', 'r']);
  });

  test('that are too many are refused as a whole', () => {
    const made = create();
    const many = Array.from({ length: MOST_ROWS }, (_, at) => sourceVoice(`elevenlabs:${at}`));
    expect(library.mappings.addRows(made.id, many)).toHaveLength(MOST_ROWS);
    expect(() => library.mappings.addRows(made.id, voicesOf('one', 'more'))).toThrow('at most 1000');
    expect(library.mappings.one(made.id)?.rows).toHaveLength(MOST_ROWS);
  });

  test('are ordered; those that are not named come behind', () => {
    const made = create();
    const [, b, , d] = library.mappings.addRows(made.id, voicesOf('a', 'b', 'c', 'd')).map(({ id }) => id);
    library.mappings.orderRows(made.id, [d ?? '', b ?? '']);
    expect(names(made)).toEqual(['d', 'b', 'a', 'c']);
    expect(library.mappings.one(made.id)?.rows.map(({ place }) => place)).toEqual([0, 1, 2, 3]);
  });

  test('that were taken out come back to where they were, in whatever steps they went', () => {
    const made = create();
    const ids = library.mappings.addRows(made.id, voicesOf('a', 'b', 'c', 'd', 'e')).map(({ id }) => id);
    const [, b = '', c = '', d = ''] = ids;
    expect(library.mappings.removeRows(made.id, [b, d])).toBe(2);
    expect(library.mappings.removeRows(made.id, [c])).toBe(1);
    expect(names(made)).toEqual(['a', 'e']);
    expect(library.mappings.row(b)).toBeNull();
    expect(() => library.mappings.patchRow(b, { anyLabels: true })).toThrow('no such voice');
    expect(library.mappings.restoreRows(made.id, [c])).toBe(1);
    expect(library.mappings.restoreRows(made.id, [b, d])).toBe(2);
    expect(names(made)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('do not come back beside the same voice that was added anew', () => {
    const made = create();
    const [a, b] = library.mappings.addRows(made.id, voicesOf('a', 'b')).map(({ id }) => id);
    library.mappings.removeRows(made.id, [a ?? '', b ?? '']);
    library.mappings.addRows(made.id, voicesOf('a'));
    expect(library.mappings.restoreRows(made.id, [a ?? '', b ?? ''])).toBe(1);
    expect(names(made)?.toSorted()).toEqual(['a', 'b']);
  });

  test('say how far the looking is, and why it failed', () => {
    const { rowId } = oneRow();
    const why = { code: 'unreachable', message: 'Nobody answers.' } as const;
    expect(library.mappings.setRowState(rowId, 'failed', why)).toMatchObject({ state: 'failed', fault: why });
    expect(library.mappings.setRowState(rowId, 'queued', null)).toMatchObject({ state: 'queued', fault: null });
  });

  test('stay with their voice', () => {
    const { rowId } = oneRow();
    const source = sourceVoice('elevenlabs:old', { gender: 'male', language: 'de' });
    expect(library.mappings.patchRow(rowId, { source }).source).toEqual(source);
    expect(() => library.mappings.patchRow(rowId, { source: sourceVoice('elevenlabs:other') })).toThrow('its voice');
  });

  test('that cannot be read are left out and told; the others are there', () => {
    const made = create();
    const [a] = library.mappings.addRows(made.id, voicesOf('a', 'b'));
    meddle(`UPDATE mapping_rows SET content = '{"source":' WHERE id = '${a?.id}'`);
    expect(names(made)).toEqual(['b']);
    expect(library.problems).toEqual([expect.stringContaining(a?.id ?? '-')]);
    meddle(`UPDATE mappings SET content = '{}'`);
    expect(library.mappings.one(made.id)).toBeNull();
    expect(library.problems).toHaveLength(2);
  });
});

describe('a choice', () => {
  const [near, far, other] = ['chatterbox:near', 'chatterbox:far', 'chatterbox:other'].map((id) => mappedVoice(id));
  const propose = (rowId: string, voice = near) =>
    library.mappings.propose(rowId, proposalOf([[voice ?? mappedVoice('x'), []]]), voice ?? null);

  test('is the proposed one, until another is proposed', () => {
    const { rowId } = oneRow();
    expect(propose(rowId)).toMatchObject({ state: 'proposed', choice: near, byHand: false });
    expect(propose(rowId, far).choice).toEqual(far);
  });

  test('that a person made stays, until it is undone', () => {
    const { rowId } = oneRow();
    const before = propose(rowId);
    expect(library.mappings.patchRow(rowId, { choice: other })).toMatchObject({ choice: other, byHand: true });
    expect(propose(rowId, far)).toMatchObject({ choice: other, proposal: { candidates: [far] } });
    library.mappings.patchRow(rowId, { choice: before.choice, byHand: before.byHand });
    expect(propose(rowId, far).choice).toEqual(far);
  });

  test('that was approved stays; one that was rejected gives way, and its verdict is kept', () => {
    const { rowId } = oneRow();
    propose(rowId);
    const approval = verdictOf(near ?? null, { at: 1 });
    library.mappings.fileVerdict(rowId, approval);
    expect(propose(rowId, far).choice).toEqual(near);
    const rejection = verdictOf(near ?? null, { verdict: 'rejected', at: 2 });
    library.mappings.fileVerdict(rowId, rejection);
    expect(propose(rowId, far)).toMatchObject({ choice: far, verdicts: [approval, rejection] });
  });

  test('that there is none of cannot be approved', () => {
    const { rowId } = oneRow();
    expect(() => library.mappings.fileVerdict(rowId, verdictOf(null))).toThrow('nothing to approve');
    library.mappings.fileVerdict(rowId, verdictOf(null, { verdict: 'later' }));
    expect(library.mappings.row(rowId)?.verdicts).toHaveLength(1);
  });
});

describe('what was approved in place of an old voice', () => {
  const near = mappedVoice('chatterbox:near');
  const approve = (rowId: string, at: number, choice = near) => {
    library.mappings.patchRow(rowId, { choice });
    return library.mappings.fileVerdict(rowId, verdictOf(choice, { at }));
  };
  const approvedCount = () => library.mappings.list(projectId).map(({ approved }) => approved);

  test('is found by the whole id and by the provider’s own, and by no other', () => {
    const { rowId } = oneRow('elevenlabs:21m00Tcm');
    const deep = { ...near, settings: { ...near.settings, pitch: -2, parameters: { exaggeration: 0.4 } } };
    approve(rowId, 1, deep);
    for (const id of ['elevenlabs:21m00Tcm', '21m00Tcm']) expect(library.mappings.approvedVoice(id)).toEqual(deep);
    for (const id of ['21m00tcm', 'chatterbox:21m00Tcm', 'elevenlabs:', '', '21m00']) {
      expect(library.mappings.approvedVoice(id)).toBeNull();
    }
    expect(approvedCount()).toEqual([1]);
  });

  test('is in force as long as the choice it was said of, and the verdict is not taken back', () => {
    const { rowId } = oneRow();
    const found = () => library.mappings.approvedVoice('old');
    const { verdicts } = approve(rowId, 1);
    expect(found()).toEqual(near);
    library.mappings.patchRow(rowId, { choice: { ...near, settings: { ...near.settings, speed: 1.1 } } });
    expect([found(), approvedCount()]).toEqual([null, [0]]);
    library.mappings.patchRow(rowId, { choice: near });
    expect([found(), approvedCount()]).toEqual([near, [1]]);
    const rejection = verdictOf(near, { verdict: 'rejected', at: 2 });
    library.mappings.fileVerdict(rowId, rejection);
    expect(found()).toBeNull();
    library.mappings.takeBackVerdict(rowId, rejection.id);
    expect(found()).toEqual(near);
    library.mappings.takeBackVerdict(rowId, verdicts[0]?.id ?? '');
    expect(found()).toBeNull();
  });

  test('is what was approved last over all mappings that are there', () => {
    const [first, second] = [oneRow(), oneRow()];
    const [one, two] = [mappedVoice('chatterbox:one'), mappedVoice('chatterbox:two')];
    const found = () => library.mappings.approvedVoice('old')?.voiceId;
    approve(second.rowId, 1, two);
    approve(first.rowId, 2, one);
    expect(found()).toBe('chatterbox:one');
    expect(library.mappings.approved('old').map(({ to }) => to.voiceId)).toEqual(['chatterbox:one', 'chatterbox:two']);
    library.mappings.remove(first.mapping.id);
    expect(found()).toBe('chatterbox:two');
    library.mappings.removeRows(second.mapping.id, [second.rowId]);
    expect(found()).toBeUndefined();
    library.mappings.restore(first.mapping.id);
    expect(found()).toBe('chatterbox:one');
    library.createProject('Second');
    library.removeProject(projectId);
    expect(found()).toBeUndefined();
  });

  test('is seen at once where another process wrote it', async () => {
    const { rowId } = oneRow();
    const other = await openLibrary({ home: folder.folder });
    try {
      expect(other.mappings.approvedVoice('old')).toBeNull();
      approve(rowId, 1);
      expect(other.mappings.approvedVoice('old')).toEqual(near);
      other.mappings.fileVerdict(rowId, verdictOf(near, { verdict: 'later', at: 2 }));
      expect(library.mappings.approvedVoice('old')).toBeNull();
    } finally {
      await other.close();
    }
  });
});

describe('takes', () => {
  test('that voices were heard in are kept as long as the row needs them', async () => {
    const [old, one, two, recorded] = [
      await addTake(library, draftOf(projectId)),
      await addTake(library, draftOf(projectId)),
      await addTake(library, draftOf(projectId)),
      await addTake(library, draftOf(projectId)),
    ].map(({ id }) => id);
    const made = create();
    const source = sourceVoice('elevenlabs:x', { recordings: [recorded ?? '', randomUUID()] });
    const [row] = library.mappings.addRows(made.id, [source]);
    const propose = (takeId = '') =>
      library.mappings.propose(row?.id ?? '', proposalOf([[mappedVoice('chatterbox:a'), [takeId]]], [old ?? '']), null);
    propose(one);
    library.removeTakes([old ?? '', one ?? '', two ?? '', recorded ?? '']);
    expect(await library.cleanUp()).toMatchObject({ takes: 1 });
    propose(two);
    expect(await library.cleanUp()).toMatchObject({ takes: 1 });
    library.mappings.removeRows(made.id, [row?.id ?? '']);
    library.mappings.restoreRows(made.id, [row?.id ?? '']);
    library.mappings.remove(made.id);
    library.mappings.restore(made.id);
    expect(await library.cleanUp()).toMatchObject({ takes: 0 });
    library.mappings.removeRows(made.id, [row?.id ?? '']);
    expect(await library.cleanUp()).toMatchObject({ takes: 2 });
    expect(library.mappings.restoreRows(made.id, [row?.id ?? ''])).toBe(0);
  });

  test('keep their profile with their sound, and that of a new version in its place', async () => {
    const take = await addTake(library, draftOf(projectId));
    expect(library.mappings.profile(take.id)).toBeNull();
    library.mappings.storeProfile(take.id, Uint8Array.of(1, 2, 3));
    library.mappings.storeProfile(take.id, Uint8Array.of(4));
    library.storeFeatures(take.id, Uint8Array.of(9));
    const sharing = library.addSharingTake(draftOf(projectId), take.id);
    expect([...(library.mappings.profile(sharing.id) ?? [])]).toEqual([4]);
    expect([...(library.features(sharing.id) ?? [])]).toEqual([9]);
  });
});

describe('a bulk run', () => {
  test('is kept as it stands, and goes on after a restart', async () => {
    const made = create();
    const [first, second] = [randomUUID(), randomUUID()];
    library.mappings.storeRun(first, made.id, 'running', { done: 0 });
    library.mappings.storeRun(second, made.id, 'interrupted', { done: 0 });
    library.mappings.storeRun(first, made.id, 'running', { done: 3 });
    await reopened();
    expect(library.mappings.run(first)).toMatchObject({
      id: first,
      mappingId: made.id,
      state: 'running',
      content: { done: 3 },
    });
    expect(
      library.mappings
        .unfinishedRuns()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([first, second].toSorted());
    library.mappings.storeRun(first, made.id, 'done', { done: 40 });
    expect(library.mappings.unfinishedRuns().map(({ id }) => id)).toEqual([second]);
    expect(library.mappings.runs(made.id)).toHaveLength(2);
    library.mappings.remove(made.id);
    expect(library.mappings.unfinishedRuns()).toEqual([]);
  });

  test('of no mapping is refused, and one that cannot be read is told', () => {
    expect(() => library.mappings.storeRun(randomUUID(), randomUUID(), 'running', {})).toThrow('no such mapping');
    const made = create();
    const id = randomUUID();
    library.mappings.storeRun(id, made.id, 'running', {});
    meddle(`UPDATE mapping_runs SET state = 'dancing'`);
    expect(library.mappings.runs(made.id)).toEqual([]);
    expect(library.problems).toEqual([expect.stringContaining(id)]);
  });
});
