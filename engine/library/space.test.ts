import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TakeQuery } from '../../shared/schemas/take.ts';
import { s16ToBytes } from '../../shared/sound/pcm.ts';
import { resolveHome } from './home.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { addTake, draftOf, endOf, firstProject, ramp, temporaryFolder } from './test-library.ts';
import { startOther } from './test-processes.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let home: string;
let library: Library;
let projectId: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  home = join(folder.folder, 'first');
  library = await openLibrary({ home, modelFolder: join(folder.folder, 'models') });
  projectId = firstProject(library);
});
afterEach(async () => {
  vi.useRealTimers();
  await library.close();
  await folder.remove();
});

const all = (target: Library) => target.takes(TakeQuery.parse({ sort: 'oldest' })).takes;
const incomplete = async () => {
  const draft = draftOf(projectId);
  const writer = await library.beginTake(draft, 'k');
  await writer.append(ramp(0, 700));
  return writer.finish(endOf({ state: 'incomplete' }));
};

test('space counts audio, models and what a clean-up would free', async () => {
  await mkdir(join(folder.folder, 'models'));
  await writeFile(join(folder.folder, 'models', 'part'), Buffer.alloc(1234));
  const kept = await addTake(library, draftOf(projectId), ramp(0, 1000));
  const gone = await addTake(library, draftOf(projectId), ramp(0, 2000));
  const shared = await addTake(library, draftOf(projectId), ramp(0, 4000));
  library.addSharingTake(draftOf(projectId), shared.id);
  library.removeTakes([gone.id, shared.id]);
  const space = await library.space();
  expect(space).toMatchObject({ home, audioBytes: 14_000, modelBytes: 1234, freeableBytes: 4000, freeableTakes: 2 });
  expect(space.databaseBytes).toBeGreaterThan(0);
  expect(space.diskFreeBytes).toBeGreaterThan(0);
  expect(kept.state).toBe('done');
});

test('a clean-up removes what nothing needs, and keeps what is rated, referred to, shared or being made', async () => {
  const kept = await addTake(library, draftOf(projectId), ramp(0, 1000));
  const gone = await addTake(library, draftOf(projectId), ramp(0, 2000));
  const needed = await addTake(library, draftOf(projectId), ramp(0, 3000));
  const source = await addTake(library, draftOf(projectId), ramp(0, 4000));
  const sharing = library.addSharingTake(draftOf(projectId), source.id);
  const broken = await incomplete();
  const rated = await incomplete();
  library.patchTake(rated.id, { rating: 1 });
  const making = draftOf(projectId);
  const writer = await library.beginTake(making, 'now');
  await writer.append(ramp(0, 10));
  const other = library.createProject('Other');
  const inOther = await addTake(library, draftOf(other.id), ramp(0, 500));
  library.createPreset({ projectId: other.id, name: 'p', voiceId: 'v', voiceName: '', settings: kept.settings });
  library.removeProject(other.id);
  library.addReference(needed.id, 'baseline', 'one');
  library.removeTakes([gone.id, needed.id, source.id, making.id]);
  const paths = Object.fromEntries(
    [kept, gone, needed, source, broken, rated, inOther].map((take) => [take.id, library.audio(take.id)?.path ?? '']),
  );
  const before = await library.space();
  const freed = await library.cleanUp();
  expect(freed).toEqual({ freedBytes: 2 * (2000 + 700 + 500), takes: 4 });
  expect(freed.freedBytes).toBe(before.freeableBytes);
  expect(freed.takes).toBe(before.freeableTakes);
  const there = Object.entries(paths)
    .filter(([, path]) => existsSync(path))
    .map(([id]) => id);
  expect(new Set(there)).toEqual(new Set([kept.id, needed.id, source.id, rated.id]));
  expect(library.audio(sharing.id)?.samples).toBe(4000);
  expect(library.restoreTakes([gone.id, needed.id])).toBe(1);
  expect(library.take(needed.id)).toEqual(needed);
  expect(() => library.restoreProject(other.id)).toThrow();
  await writer.append(ramp(10, 10));
  expect((await writer.finish(endOf())).samples).toBe(20);
  library.removeReferences('baseline', 'one');
  library.removeTakes([needed.id, making.id]);
  expect(await library.cleanUp()).toEqual({ freedBytes: 2 * (3000 + 20), takes: 2 });
});

test('a moved library is used at once, found again, and nothing of it is lost', async () => {
  const takes = [];
  for (let index = 0; index < 20; index++)
    takes.push(await addTake(library, draftOf(projectId), ramp(index, 5000 + index)));
  const target = join(folder.folder, 'second', 'place');
  const progress: number[] = [];
  await library.move(target, (value) => progress.push(value));
  expect(library.home).toBe(target);
  expect(library.owner).toBe(true);
  expect(progress.at(-1)).toBe(1);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(await readdir(home)).toEqual(['moved-to.json']);
  const later = await addTake(library, draftOf(projectId), ramp(0, 77));
  expect(resolveHome({ TIMBRE_HOME: home })).toBe(target);

  await library.close();
  library = await openLibrary({ home });
  expect(library.home).toBe(target);
  expect(all(library)).toEqual([...takes, later]);
  for (const [index, take] of takes.entries()) {
    const audio = await readFile(library.audio(take.id)?.path ?? '');
    expect(Buffer.compare(audio, s16ToBytes(ramp(index, 5000 + index)))).toBe(0);
  }

  const third = join(folder.folder, 'third');
  await library.move(third, () => {});
  expect(resolveHome({ TIMBRE_HOME: home })).toBe(third);
  await library.move(home, () => {});
  expect(resolveHome({ TIMBRE_HOME: home })).toBe(home);
  expect(resolveHome({ TIMBRE_HOME: third })).toBe(home);
  expect(all(library)).toHaveLength(21);
});

test('a move is refused while a take is made, into a library, into itself, and while another process is in', async () => {
  const take = await addTake(library, draftOf(projectId));
  const target = join(folder.folder, 'target');
  const refused = (to: string) =>
    library
      .move(to, () => {})
      .then(
        () => 'moved',
        (thrown) => thrown.fault.code,
      );
  const writer = await library.beginTake(draftOf(projectId), 'k');
  expect(await refused(target)).toBe('conflict');
  await writer.finish(endOf());
  expect(await refused(join(home, 'inside'))).toBe('invalid');
  expect(await refused(folder.folder)).toBe('invalid');
  expect(await refused('not/a/whole/path')).toBe('invalid');
  expect(await refused(`${target}\0`)).toBe('invalid');
  await symlink(home, join(folder.folder, 'link'), 'junction');
  expect(await refused(join(folder.folder, 'link', 'audio', 'inside'))).toBe('invalid');
  // Nothing can be made there, and Node's own recursive mkdir would try for ever.
  if (process.platform === 'linux') expect(await refused('/proc/timbre/library')).toBe('not_writable');
  const other = await openLibrary({ home: join(folder.folder, 'other') });
  await other.close();
  expect(await refused(join(folder.folder, 'other'))).toBe('conflict');
  await writeFile(join(folder.folder, 'file'), 'not a folder');
  expect(await refused(join(folder.folder, 'file'))).toBe('not_writable');
  const neighbour = startOther(home, 'hold');
  await neighbour.hear('opened');
  expect(await refused(target)).toBe('conflict');
  await neighbour.end();
  expect(existsSync(target)).toBe(false);
  expect(library.take(take.id)).toEqual(take);
  await library.move(target, () => {});
  expect(library.take(take.id)).toEqual(take);
});

test('a move that fails midway leaves the library as it was and nothing at the target', async () => {
  const takes = [];
  for (let index = 0; index < 5; index++) takes.push(await addTake(library, draftOf(projectId)));
  // A folder where an audio file should be cannot be copied.
  const path = library.audio(takes[2]?.id ?? '')?.path ?? '';
  const target = join(folder.folder, 'target');
  await mkdir(target);
  await writeFile(join(target, 'holiday.txt'), 'somebody else’s');
  const { rename } = await import('node:fs/promises');
  await rename(path, `${path}.away`);
  await mkdir(path);
  await expect(library.move(target, () => {})).rejects.toMatchObject({
    fault: { kept: expect.stringContaining('stays') },
  });
  await expect(readdir(target)).resolves.toEqual(['holiday.txt']);
  expect(library.home).toBe(home);
  expect(all(library)).toEqual(takes);
  library.patchTake(takes[0]?.id ?? '', { note: 'still writable' });
  expect((await addTake(library, draftOf(projectId))).state).toBe('done');
});

test('while it is copied, the library can be read and no new take begins', async () => {
  const take = await addTake(library, draftOf(projectId), ramp(0, 2_000_000));
  let begun: Promise<unknown> | null = null;
  let read: unknown = null;
  await library.move(join(folder.folder, 'target'), () => {
    read ??= library.take(take.id);
    begun ??= library.beginTake(draftOf(projectId), 'k').then(
      () => 'begun',
      (thrown) => thrown.fault.code,
    );
  });
  expect(await begun).toBe('conflict');
  expect(read).toEqual(take);
});

test('a library whose disk is away is not begun anew', async () => {
  const take = await addTake(library, draftOf(projectId));
  const target = join(folder.folder, 'disk');
  await library.move(target, () => {});
  await library.close();
  const { rename } = await import('node:fs/promises');
  await rename(target, `${target}-away`);
  await expect(openLibrary({ home })).rejects.toMatchObject({
    fault: { code: 'not_found', message: expect.stringContaining(target) },
  });
  await rename(`${target}-away`, target);
  library = await openLibrary({ home });
  expect(library.take(take.id)).toEqual(take);
});

test('audio that no take knows, and a file that was half received, are removed only when they are old', async () => {
  const stray = join(home, 'audio', 'aa', `${randomUUID()}.pcm`);
  const received = join(home, 'incoming', `${randomUUID()}.timbre`);
  for (const path of [stray, received]) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.alloc(100));
  }
  const take = await addTake(library, draftOf(projectId), ramp(0, 50));
  const known = library.audio(take.id)?.path ?? '';
  expect((await library.space()).freeableBytes).toBe(0);
  expect((await library.cleanUp()).freedBytes).toBe(0);
  expect([stray, received].every((path) => existsSync(path))).toBe(true);
  // Their age is that of their last change of any kind, which no call sets back: so the clock is put on by a day.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 60 * 60 * 1000 });
  expect((await library.space()).freeableBytes).toBe(100);
  expect(await library.cleanUp()).toEqual({ freedBytes: 100, takes: 0 });
  expect([stray, received].some((path) => existsSync(path))).toBe(false);
  expect(existsSync(known)).toBe(true);
});
