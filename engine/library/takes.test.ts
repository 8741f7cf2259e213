import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FaultError } from '../../shared/errors.ts';
import { TakeQuery } from '../../shared/schemas/take.ts';
import { s16ToBytes } from '../../shared/sound/pcm.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { addTake, draftOf, endOf, firstProject, ramp, temporaryFolder } from './test-library.ts';

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

const list = (query: Partial<TakeQuery> = {}) => library.takes(TakeQuery.parse(query));
const texts = (query: Partial<TakeQuery> = {}) => list(query).takes.map((take) => take.text);

test('a take is kept with its audio, and found again after a restart', async () => {
  const draft = draftOf(projectId, { text: 'Kept.' });
  const writer = await library.beginTake(draft, 'key');
  expect(library.take(draft.id)?.state).toBe('rendering');
  const appended = [writer.append(ramp(0, 1000)), writer.append(ramp(1000, 1)), writer.append(ramp(1001, 5000))];
  await Promise.all(appended);
  expect(library.audio(draft.id)?.samples).toBe(6001);
  const done = await writer.finish(endOf());
  expect(done).toMatchObject({
    ...draft,
    state: 'done',
    samples: 6001,
    firstByteAt: 1100,
    seed: 7,
    request: { voice: 'af_heart' },
  });

  await library.close();
  library = await openLibrary({ home: folder.folder });
  expect(library.take(draft.id)).toEqual(done);
  expect(library.takeByKey('key')).toEqual(done);
  const audio = library.audio(draft.id);
  expect(audio).toMatchObject({ sampleRate: 24_000, samples: 6001 });
  const stored = await readFile(audio?.path ?? '');
  expect(Buffer.compare(stored, s16ToBytes(ramp(0, 6001)))).toBe(0);
});

test('two takes of one id are refused and the first one stays', async () => {
  const take = await addTake(library, draftOf(projectId));
  await expect(library.beginTake(draftOf(projectId, { id: take.id }), 'k')).rejects.toMatchObject({
    fault: { code: 'conflict' },
  });
  await expect(library.beginTake(draftOf(randomUUID()), 'k')).rejects.toMatchObject({ fault: { code: 'not_found' } });
  expect(list()).toMatchObject({ total: 1, takes: [take] });
  const making = draftOf(projectId);
  const writer = await library.beginTake(making, 'k');
  await expect(library.beginTake(making, 'k')).rejects.toMatchObject({ fault: { code: 'conflict' } });
  await writer.append(ramp(0, 10));
  expect(await writer.finish(endOf())).toMatchObject({ state: 'done', samples: 10 });
});

test('closing ends a take that is being made, with what had arrived', async () => {
  const draft = draftOf(projectId);
  const writer = await library.beginTake(draft, 'key');
  void writer.append(ramp(0, 4800));
  await library.close();
  library = await openLibrary({ home: folder.folder });
  expect(library.take(draft.id)).toMatchObject({ state: 'incomplete', samples: 4800, fault: { code: 'cancelled' } });
  expect(library.takeByKey('key')).toBeNull();
});

test('searches parts of words in any language, in text, name, note and voice', async () => {
  const add = (text: string, more = {}) => addTake(library, draftOf(projectId, { text, ...more }));
  await add('The quick brown fox');
  await add('Ein großes Café in Köln');
  await add('今日はいい天気ですね');
  await add('Доброе утро');
  const named = await add('plain', { voiceName: 'Bella' });
  library.patchTake(named.id, { name: 'Opening "line"', note: 'too fast here 100%' });

  expect(texts({ search: 'uick' })).toEqual(['The quick brown fox']);
  expect(texts({ search: 'FOX the' })).toEqual(['The quick brown fox']);
  expect(texts({ search: 'cafe' })).toEqual(['Ein großes Café in Köln']);
  expect(texts({ search: '天気' })).toEqual(['今日はいい天気ですね']);
  expect(texts({ search: 'いい天気' })).toEqual(['今日はいい天気ですね']);
  expect(texts({ search: 'УТРО' })).toEqual(['Доброе утро']);
  expect(texts({ search: 'ут' })).toEqual(['Доброе утро']);
  expect(texts({ search: 'ell' })).toEqual(['plain']);
  expect(texts({ search: '"line"' })).toEqual(['plain']);
  expect(texts({ search: '0%' })).toEqual(['plain']);
  expect(texts({ search: '%' })).toEqual(['plain']);
  expect(texts({ search: 'AND OR NOT *' })).toEqual([]);
  expect(texts({ search: "fox' ; DROP" })).toEqual([]);
  library.patchTake(named.id, { note: '' });
  expect(texts({ search: '100%' })).toEqual([]);
});

test('filters, sorts and pages', async () => {
  const measure = (id: string, loudness: number | null) =>
    library.storeMeasurements(
      id,
      { duration: 1, loudness, truePeak: -1, pitch: 200, pitchRange: 4 },
      { duration: 1, peaks: [0.5], pitch: [200], pitchStep: 0.01 },
    );
  const a = await addTake(library, draftOf(projectId, { text: 'a', createdAt: 1, voiceName: 'zoe' }), ramp(0, 100));
  const b = await addTake(library, draftOf(projectId, { text: 'b', createdAt: 2, voiceName: 'Ann' }), ramp(0, 300));
  const c = await addTake(
    library,
    draftOf(projectId, { text: 'c', createdAt: 3, voiceName: 'Mia', provider: 'other', voiceId: 'other:mia' }),
    ramp(0, 200),
  );
  measure(a.id, -20);
  measure(b.id, -30);
  measure(c.id, null);
  library.patchTake(b.id, { rating: 5, name: 'second' });
  library.patchTake(a.id, { rating: 3, name: 'First' });

  expect(texts()).toEqual(['c', 'b', 'a']);
  expect(texts({ sort: 'oldest' })).toEqual(['a', 'b', 'c']);
  expect(texts({ sort: 'rating' })).toEqual(['b', 'a', 'c']);
  expect(texts({ sort: 'duration' })).toEqual(['b', 'c', 'a']);
  expect(texts({ sort: 'loudness' })).toEqual(['a', 'b', 'c']);
  expect(texts({ sort: 'voice' })).toEqual(['b', 'c', 'a']);
  expect(texts({ sort: 'name' })).toEqual(['a', 'b', 'c']);
  expect(texts({ minRating: 4 })).toEqual(['b']);
  expect(texts({ provider: 'other' })).toEqual(['c']);
  expect(texts({ voiceId: 'other:mia' })).toEqual(['c']);
  expect(texts({ state: 'incomplete' })).toEqual([]);
  const second = library.createProject('Second');
  library.patchTake(c.id, { projectId: second.id });
  expect(texts({ projectId: second.id })).toEqual(['c']);
  expect(list({ offset: 1, limit: 1 })).toMatchObject({ total: 3, takes: [{ text: 'b' }] });
  expect(library.view(b.id)).toEqual({ duration: 1, peaks: [0.5], pitch: [200], pitchStep: 0.01 });
});

test('removing hides takes, restoring brings them back', async () => {
  const takes = [];
  for (const text of ['one', 'two', 'three'])
    takes.push(await addTake(library, draftOf(projectId, { text }), undefined, 'same'));
  const ids = takes.slice(1).map((take) => take.id);
  expect(library.removeTakes([...ids, randomUUID()])).toBe(2);
  expect(library.removeTakes(ids)).toBe(0);
  expect(texts({ sort: 'oldest' })).toEqual(['one']);
  expect(library.take(ids[0] ?? '')).toBeNull();
  expect(library.takeByKey('same')?.text).toBe('one');
  expect(() => library.patchTake(ids[0] ?? '', { note: 'x' })).toThrow(FaultError);
  expect(library.restoreTakes(ids)).toBe(2);
  expect(texts({ sort: 'oldest' })).toEqual(['one', 'two', 'three']);
});

test('takes that share audio have the same sound and measurements', async () => {
  const first = await addTake(library, draftOf(projectId), ramp(0, 500));
  const draft = draftOf(projectId, { cached: true });
  const shared = library.addSharingTake(draft, first.id);
  expect(shared).toMatchObject({ id: draft.id, state: 'done', samples: 500, cached: true });
  expect(library.audio(shared.id)).toEqual(library.audio(first.id));
  const measured = { duration: 1, loudness: -21, truePeak: -3, pitch: null, pitchRange: null };
  library.storeMeasurements(shared.id, measured, { duration: 1, peaks: [], pitch: [], pitchStep: 0.01 });
  expect(library.take(first.id)?.measurements).toEqual(measured);
});

test('audio that was brought in becomes a take', async () => {
  const take = await library.importTake({
    projectId,
    name: 'reference.wav',
    text: 'Hello',
    language: null,
    samples: ramp(0, 200_000),
    sampleRate: 44_100,
    notes: ['Its 2 channels were mixed to one.', 'Parts of it could not be decoded and are left out.'],
  });
  expect(take).toMatchObject({
    note: 'Its 2 channels were mixed to one. Parts of it could not be decoded and are left out.',
    source: 'imported',
    state: 'done',
    samples: 200_000,
    sampleRate: 44_100,
    name: 'reference.wav',
  });
  expect(Buffer.compare(await readFile(library.audio(take.id)?.path ?? ''), s16ToBytes(ramp(0, 200_000)))).toBe(0);
});

test('a row that cannot be read is left out and named; the rest is listed', async () => {
  const good = await addTake(library, draftOf(projectId, { text: 'good' }));
  const bad = await addTake(library, draftOf(projectId, { text: 'bad' }));
  const worse = await addTake(library, draftOf(projectId, { text: 'worse' }));
  const database = new DatabaseSync(join(folder.folder, 'library.sqlite'));
  database.prepare('UPDATE takes SET settings = ? WHERE id = ?').run('{"speed":"fast"}', bad.id);
  database.prepare('UPDATE takes SET request = ? WHERE id = ?').run('{broken', worse.id);
  database.close();
  expect(list().takes).toEqual([good]);
  list();
  expect(library.problems).toHaveLength(2);
  expect(library.problems.join()).toContain(bad.id);
});

test('a take whose audio cannot be created leaves nothing behind', async () => {
  await writeFile(join(folder.folder, 'audio'), 'a file where the folder should be');
  await expect(library.beginTake(draftOf(projectId), 'k')).rejects.toMatchObject({ fault: { code: 'not_writable' } });
  expect(list().total).toBe(0);
});

test('close leaves everything in one file and frees the locks', async () => {
  await addTake(library, draftOf(projectId));
  await library.close();
  await library.close();
  const journal = statSync(join(folder.folder, 'library.sqlite-wal'), { throwIfNoEntry: false });
  expect(journal?.size ?? 0).toBe(0);
  library = await openLibrary({ home: folder.folder });
  expect(library.owner).toBe(true);
});
