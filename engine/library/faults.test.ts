import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AudioFileWriter } from './audio-files.ts';
import { LIBRARY_VERSION } from './migrate.ts';
import { openLibrary } from './open-library.ts';
import { addTake, draftOf, firstProject, temporaryFolder } from './test-library.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let home: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  home = folder.folder;
});
afterEach(() => folder.remove());

const database = () => join(home, 'library.sqlite');
const hash = async () =>
  createHash('sha256')
    .update(await readFile(database()))
    .digest('hex');
const refusal = () =>
  openLibrary({ home }).then(
    () => 'opened',
    (thrown) => thrown.fault.code,
  );

async function makeLibrary(): Promise<string> {
  const library = await openLibrary({ home });
  const take = await addTake(library, draftOf(firstProject(library)));
  await library.close();
  return take.id;
}

function change(sql: string): void {
  const opened = new DatabaseSync(database());
  opened.exec(sql);
  opened.close();
}

test('a library of a newer version is refused and not touched', async () => {
  await makeLibrary();
  change('PRAGMA user_version = 999');
  const before = await hash();
  await expect(openLibrary({ home })).rejects.toMatchObject({
    fault: { code: 'library_newer', kept: expect.any(String), todo: expect.stringContaining('Update') },
  });
  expect(await hash()).toBe(before);
  change(`PRAGMA user_version = ${LIBRARY_VERSION}`);
  expect(await refusal()).toBe('opened');
});

test('a damaged database is refused, and nothing is overwritten', async () => {
  await makeLibrary();
  const whole = await readFile(database());
  const damages: Record<string, () => Promise<void>> = {
    'not a database': () => writeFile(database(), 'this is no database at all. '.repeat(1000)),
    'cut off': () => truncate(database(), 8192),
    emptied: () => truncate(database(), 0),
    'first page overwritten': async () => {
      const file = await open(database(), 'r+');
      await file.write(Buffer.alloc(3000, 0x5a), 0, 3000, 100);
      await file.close();
    },
  };
  for (const [name, damage] of Object.entries(damages)) {
    await writeFile(database(), whole);
    await damage();
    const before = await hash();
    expect([name, await refusal()]).toEqual([name, 'library_damaged']);
    expect([name, await hash()]).toEqual([name, before]);
  }
  await writeFile(database(), whole);
  expect(await refusal()).toBe('opened');
});

test('somebody else’s database is refused and left as it is', async () => {
  await mkdir(home, { recursive: true });
  change('CREATE TABLE recipes (name TEXT)');
  const before = await hash();
  expect(await refusal()).toBe('library_damaged');
  expect(await hash()).toBe(before);
});

test('a folder that cannot be made or written is said so', async () => {
  await writeFile(join(home, 'file'), '');
  await expect(openLibrary({ home: join(home, 'file', 'library') })).rejects.toMatchObject({
    fault: { code: 'not_writable', kept: expect.stringContaining('heard') },
  });
  await writeFile(join(home, 'locks'), '');
  expect(await refusal()).toBe('not_writable');
  if (process.platform !== 'linux') return;
  await expect(openLibrary({ home: '/proc/timbre/library' })).rejects.toMatchObject({
    fault: { code: 'not_writable' },
  });
});

test('after a failed opening nothing stays locked', async () => {
  const id = await makeLibrary();
  change('PRAGMA user_version = 999');
  expect(await refusal()).toBe('library_newer');
  change(`PRAGMA user_version = ${LIBRARY_VERSION}`);
  const library = await openLibrary({ home });
  expect(library.owner).toBe(true);
  expect(library.take(id)?.id).toBe(id);
  await library.close();
});

test.runIf(existsSync('/dev/full'))('a full disk is said so, by audio and by every later write', async () => {
  // /dev/full answers every write as a full disk does.
  const file = await open('/dev/full', 'r+');
  const writer = new AudioFileWriter(join(home, 'take.pcm'), file);
  const full = { fault: { code: 'disk_full', kept: expect.any(String), todo: expect.any(String) } };
  await expect(writer.append(new Uint8Array(10))).rejects.toMatchObject(full);
  await expect(writer.append(new Uint8Array(10))).rejects.toMatchObject(full);
  expect(writer.samples).toBe(0);
  await writer.close().catch(() => {});
});

test.runIf(process.platform !== 'win32')('what fits on a full disk is kept as an incomplete take', async () => {
  await makeLibrary();
  // A limit on file size fails a write midway, as a full disk does, also without the rights to mount one.
  const script = fileURLToPath(new URL('./test-full-disk.ts', import.meta.url));
  const run = spawnSync('sh', ['-c', `ulimit -f 400; exec "$0" "$@"`, process.execPath, script, home], {
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  const said = JSON.parse(run.stdout);
  expect(said.append).toBe('disk_full');
  expect(said.take).toMatchObject({ state: 'incomplete', fault: { code: 'disk_full' } });
  expect(said.take.samples).toBeGreaterThan(50_000);
  const library = await openLibrary({ home });
  expect(library.take(said.take.id)).toEqual(said.take);
  expect(library.audio(said.take.id)?.samples).toBe(said.take.samples);
  await library.close();
});

// Windows does not let an open file be removed.
test.runIf(process.platform !== 'win32')(
  'a folder that is removed while the library is open is noticed by the next take',
  async () => {
    const library = await openLibrary({ home });
    const [project] = library.projects();
    await rm(join(home, 'library.sqlite'));
    const gone = { fault: { code: 'not_writable', message: expect.stringContaining(home), todo: expect.any(String) } };
    await expect(library.beginTake(draftOf(project?.id ?? ''), 'k')).rejects.toMatchObject(gone);
    await library.close();
  },
);
