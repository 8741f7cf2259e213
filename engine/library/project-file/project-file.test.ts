import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { type Take, TakeQuery } from '../../../shared/schemas/take.ts';
import { s16ToBytes } from '../../../shared/sound/pcm.ts';
import { LibraryDatabase } from '../database.ts';
import { filesUnder } from '../files.ts';
import type { Library } from '../library.ts';
import { openLibrary } from '../open-library.ts';
import { addTake, draftOf, endOf, firstProject, ramp, temporaryFolder } from '../test-library.ts';
import type { TakeLine } from './format.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let here: Library;
let there: Library;

beforeEach(async () => {
  folder = await temporaryFolder();
  here = await openLibrary({ home: join(folder.folder, 'here') });
  there = await openLibrary({ home: join(folder.folder, 'there') });
});
afterEach(async () => {
  await here.close();
  await there.close();
  await folder.remove();
});

const VIEW = { duration: 1, peaks: [0.25], pitch: [0, 210], pitchStep: 0.01 };
const MEASURED = { duration: 1, loudness: -21, truePeak: -3, pitch: 210, pitchRange: 3 };

const written = async (library: Library, id: string) =>
  new Uint8Array(await new Response(library.exportProject(id)).arrayBuffer());
const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> => new Blob([bytes.slice()]).stream();
const all = (library: Library, projectId: string) =>
  library.takes(TakeQuery.parse({ projectId, sort: 'oldest' })).takes;
const audioOf = async (library: Library, take: Take) => readFile(library.audio(take.id)?.path ?? '');

/** A project with three takes (two of one audio), one that failed, a preset and a blended voice. */
async function makeProject() {
  const project = here.createProject('Film');
  const first = await addTake(here, draftOf(project.id, { text: 'one', createdAt: 1 }), ramp(0, 30_000));
  here.storeMeasurements(first.id, MEASURED, VIEW);
  here.addSharingTake(draftOf(project.id, { text: 'two', createdAt: 2 }), first.id);
  const voiceId = 'builtin:blend/both';
  await addTake(here, draftOf(project.id, { text: 'three', createdAt: 3, voiceId }), ramp(31_000, 4000));
  const failed = await here.beginTake(draftOf(project.id, { text: 'four', createdAt: 4 }), 'k');
  await failed.finish(endOf({ state: 'failed', fault: { code: 'busy', message: 'Busy.' } }));
  const deleted = await addTake(here, draftOf(project.id, { text: 'deleted' }));
  here.removeTakes([deleted.id]);
  const preset = here.createPreset({
    projectId: project.id,
    name: 'warm',
    voiceId: 'v',
    voiceName: 'V',
    settings: NEUTRAL_SETTINGS,
  });
  here.addBlend({
    id: 'blend/both',
    name: 'Both',
    parts: [
      { voice: 'a', weight: 0.5 },
      { voice: 'b', weight: 0.5 },
    ],
  });
  here.addBlend({
    id: 'blend/unused',
    name: 'Unused',
    parts: [
      { voice: 'a', weight: 0.5 },
      { voice: 'b', weight: 0.5 },
    ],
  });
  return { project, takes: all(here, project.id), preset };
}

test('a project written to a file is whole in another library; merging it again changes nothing', async () => {
  const { project, takes, preset } = await makeProject();
  const file = await written(here, project.id);
  const report = await there.importProject(streamOf(file));
  expect(report).toEqual({
    projectId: project.id,
    takesAdded: 4,
    takesKept: 0,
    presetsAdded: 1,
    presetsKept: 0,
    problems: [],
  });
  expect(all(there, project.id)).toEqual(takes);
  for (const take of takes.slice(0, 3)) {
    expect(Buffer.compare(await audioOf(there, take), await audioOf(here, take))).toBe(0);
    expect(there.audio(take.id)?.sampleRate).toBe(24_000);
  }
  const [one, two] = takes as [Take, Take];
  expect(there.audio(one.id)?.path).toBe(there.audio(two.id)?.path);
  expect(there.view(two.id)).toEqual(VIEW);
  expect(there.presets(project.id)).toEqual([preset]);
  expect(there.blends().map((blend) => blend.id)).toEqual(['blend/both']);

  const again = await there.importProject(streamOf(file));
  expect(again).toEqual({ ...report, takesAdded: 0, takesKept: 4, presetsAdded: 0, presetsKept: 1 });
  expect(all(there, project.id)).toEqual(takes);
  expect(await readdir(join(there.home, 'incoming'))).toEqual([]);
  const files = [];
  for await (const found of filesUnder(join(there.home, 'audio'))) files.push(found);
  expect(files.filter((found) => found.size > 0)).toHaveLength(2);
});

/** Waits for the next millisecond, so that one of two changes is the later one. */
async function clockGoesOn(): Promise<void> {
  const before = Date.now();
  while (Date.now() === before) await new Promise((resolve) => setImmediate(resolve));
}

test('what was changed last elsewhere comes back; what was changed last here stays', async () => {
  const { project, takes } = await makeProject();
  const [one, two] = takes as [Take, Take];
  await there.importProject(streamOf(await written(here, project.id)));
  here.patchTake(one.id, { note: 'old note here' });
  await clockGoesOn();
  there.patchTake(one.id, { rating: 5, note: 'rated elsewhere' });
  there.patchTake(two.id, { note: 'old note elsewhere' });
  await clockGoesOn();
  here.patchTake(two.id, { note: 'newer here' });
  const report = await here.importProject(streamOf(await written(there, project.id)));
  expect(report).toMatchObject({ takesAdded: 0, takesKept: 4, problems: [] });
  expect(here.take(one.id)).toMatchObject({ rating: 5, note: 'rated elsewhere' });
  expect(here.take(two.id)).toMatchObject({ note: 'newer here' });
});

test('as a backup it brings back what was deleted and cleaned up', async () => {
  const { project, takes, preset } = await makeProject();
  const before = await Promise.all(takes.slice(0, 3).map((take) => audioOf(here, take)));
  const file = await written(here, project.id);
  here.removeProject(project.id);
  await here.cleanUp();
  expect((await here.importProject(streamOf(file))).takesAdded).toBe(4);
  expect(all(here, project.id)).toEqual(takes);
  expect(await Promise.all(takes.slice(0, 3).map((take) => audioOf(here, take)))).toEqual(before);
  here.removeTakes(takes.map((take) => take.id));
  here.removePreset(preset.id);
  expect(await here.importProject(streamOf(file))).toMatchObject({ takesAdded: 4, presetsAdded: 1, problems: [] });
  expect(all(here, project.id)).toEqual(takes);
});

test('a reader that stops leaves nothing open, and the library goes on', async () => {
  const { project } = await makeProject();
  const reader = here.exportProject(project.id).getReader();
  await reader.read();
  await reader.cancel();
  // A move waits for no export: it is refused while one runs, so that it goes through shows that none does.
  await expect
    .poll(() =>
      here
        .move(join(folder.folder, 'moved'), () => {})
        .then(
          () => true,
          () => false,
        ),
    )
    .toBe(true);
});

/** Entries of a project file, to be changed and zipped anew. */
async function entriesOf(file: Uint8Array): Promise<Map<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array>();
  const zip = new ZipReader(new Uint8ArrayReader(file));
  for (const entry of await zip.getEntries()) {
    if (!entry.directory) entries.set(entry.filename, await entry.getData(new Uint8ArrayWriter()));
  }
  await zip.close();
  return entries;
}

async function zipOf(entries: Iterable<[string, Uint8Array]>): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, bytes] of entries) await zip.add(name, new Uint8ArrayReader(bytes));
  return zip.close();
}

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const textOf = (entries: Map<string, Uint8Array>, name: string) => new TextDecoder().decode(entries.get(name));
const lines = (values: unknown[]) =>
  new TextEncoder().encode(
    values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n'),
  );

test('bad entries are named and the rest comes in; no name in the file becomes a path', async () => {
  const { project } = await makeProject();
  const entries = await entriesOf(await written(here, project.id));
  const good = textOf(entries, 'takes.jsonl')
    .trim()
    .split('\n')
    .map((line): TakeLine => JSON.parse(line));
  const [one, two, three] = good as [TakeLine, TakeLine, TakeLine];
  const other = (line: TakeLine, more: object) => ({
    ...line,
    ...more,
    take: { ...line.take, id: randomUUID(), ...('take' in more ? (more.take as object) : {}) },
  });
  const missing = other(three, { audio: randomUUID() });
  entries.set(
    'takes.jsonl',
    lines([
      one,
      '{"take": broken',
      '[]',
      one,
      missing,
      other(three, { audio: '../../../escape' }),
      other(three, { take: { id: '../../escape' } }),
      other(three, { take: { samples: 3_999 } }),
      other(three, { take: { state: 'rendering' } }),
      other(three, { take: { sampleRate: 0 } }),
      other(two, { take: { sampleRate: 48_000 } }),
      other(three, { take: { sent: { speed: 0, pitch: 0, volume: 0 } } }),
      other(three, { take: { createdAt: 1e300 } }),
      other(three, { take: { name: 'x'.repeat(100_000) } }),
      `"${'['.repeat(50_000)}"`,
      '['.repeat(50_000),
      three,
    ]),
  );
  entries.set('presets.json', json([{ name: 'no id' }, ...JSON.parse(textOf(entries, 'presets.json'))]));
  entries.set('../../escape.txt', json('out'));
  entries.set('audio/../../../escape.pcm', json('out'));
  entries.set('/etc/escape', json('out'));
  const report = await there.importProject(streamOf(await zipOf(entries)));
  expect(report).toMatchObject({ takesAdded: 2, presetsAdded: 1 });
  expect(all(there, project.id).map((take) => take.text)).toEqual(['one', 'three']);
  for (const number of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]) {
    expect(report.problems.join('\n')).toMatch(new RegExp(`takes\\.jsonl, line ${number}\\b`));
  }
  expect(report.problems.join('\n')).toContain(`${missing.take.id} is left out: its audio is missing`);
  expect(report.problems.join('\n')).toContain('presets.json, entry 1');
  expect(report.problems.filter((problem) => problem.includes('escape') && problem.includes('left out'))).toHaveLength(
    3,
  );
  const found = [];
  for await (const file of filesUnder(folder.folder)) if (file.name.includes('escape')) found.push(file.path);
  expect(found).toEqual([]);
  expect(new Set(await readdir(folder.folder))).toEqual(new Set(['here', 'there']));
});

test('audio that is changed or cut off on the way is named, and leaves no file behind', async () => {
  const { project } = await makeProject();
  const file = await written(here, project.id);
  const needle = Buffer.from(s16ToBytes(ramp(31_000, 4000)));
  const at = Buffer.from(file).indexOf(needle);
  expect(at).toBeGreaterThan(0);
  file[at + 100] = (file[at + 100] ?? 0) ^ 0xff;
  const report = await there.importProject(streamOf(file));
  expect(report).toMatchObject({ takesAdded: 3, problems: [expect.stringContaining('is left out')] });
  expect(await readdir(join(there.home, 'incoming'))).toEqual([]);
  const whole = await written(here, project.id);
  await expect(there.importProject(streamOf(whole.subarray(0, whole.length - 50)))).rejects.toMatchObject({
    fault: { code: 'unsupported' },
  });
});

test('a take that is refused leaves no audio behind, and keeps none from the take that shares it', async () => {
  const { project } = await makeProject();
  const entries = await entriesOf(await written(here, project.id));
  const [one, two, three, four] = textOf(entries, 'takes.jsonl')
    .trim()
    .split('\n')
    .map((line): TakeLine => JSON.parse(line)) as [TakeLine, TakeLine, TakeLine, TakeLine];
  const longer = (line: TakeLine) => ({ ...line, take: { ...line.take, samples: line.take.samples + 1 } });
  entries.set('takes.jsonl', lines([longer(one), two, longer(three), longer(four)]));
  const report = await there.importProject(streamOf(await zipOf(entries)));
  expect(report).toMatchObject({ takesAdded: 1 });
  expect(report.problems).toHaveLength(3);
  expect((await there.space()).audioBytes).toBe(60_000);
  const database = new LibraryDatabase(join(there.home, 'library.sqlite'));
  const rows = database.number('SELECT count(*) FROM audio');
  database.close();
  expect(rows).toBe(1);
});

test('an entry that unpacks to more than it states is stopped', async () => {
  const { project, takes } = await makeProject();
  const entries = await entriesOf(await written(here, project.id));
  const [audio = ''] = [...entries.keys()].filter((name) => name.startsWith('audio/'));
  const bytes = Buffer.alloc(20_000_000);
  entries.set(audio, bytes);
  const file = Buffer.from(await zipOf(entries));
  // The size before unpacking stands in the central directory, 24 bytes after its signature (APPNOTE 4.3.12).
  for (
    let at = file.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = file.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  ) {
    if (file.readUInt32LE(at + 24) === bytes.length) file.writeUInt32LE(60_000, at + 24);
  }
  const report = await there.importProject(streamOf(file));
  expect(report.takesAdded).toBe(takes.length - 2);
  expect(report.problems.filter((problem) => problem.includes('is left out'))).toHaveLength(2);
  expect((await there.space()).audioBytes).toBe(8000);
});

test('files of newer versions, of other kinds and broken ones are refused, and nothing changes', async () => {
  const { project } = await makeProject();
  const entries = await entriesOf(await written(here, project.id));
  const code = (file: Uint8Array) =>
    there.importProject(streamOf(file)).then(
      () => 'merged',
      (thrown) => thrown.fault.code,
    );
  const manifest = JSON.parse(textOf(entries, 'manifest.json'));
  const withManifest = (value: Uint8Array) => zipOf(new Map(entries).set('manifest.json', value));
  expect(await code(await withManifest(json({ ...manifest, version: 2, more: 'than we know' })))).toBe('library_newer');
  expect(await code(await withManifest(json({ ...manifest, format: 'other' })))).toBe('unsupported');
  expect(await code(await withManifest(json({ ...manifest, project: { id: '../x', name: 'x', createdAt: 1 } })))).toBe(
    'unsupported',
  );
  const never = { ...manifest.project, createdAt: -1e300 };
  expect(await code(await withManifest(json({ ...manifest, project: never })))).toBe('unsupported');
  expect(await code(await withManifest(lines(['{broken'])))).toBe('unsupported');
  expect(await code(await zipOf([['readme.txt', json('hello')]]))).toBe('unsupported');
  expect(await code(lines(['this is no zip']))).toBe('unsupported');
  expect(await code(new Uint8Array())).toBe('unsupported');
  expect(there.projects()).toMatchObject([{ id: firstProject(there), takes: 0 }]);
  expect(await readdir(join(there.home, 'incoming'))).toEqual([]);
});
