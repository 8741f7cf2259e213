import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fault } from '../../shared/errors.ts';
import { storageFault } from './storage-fault.ts';
import { temporaryFolder } from './test-library.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.folder, 'some.sqlite');
});
afterEach(() => folder.remove());

/** The code that what SQLite throws becomes. */
function codeOf(...statements: string[]): string {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    for (const statement of statements) database.exec(statement);
    return 'nothing was thrown';
  } catch (thrown) {
    return storageFault(thrown).fault.code;
  } finally {
    database.close();
  }
}

test('what SQLite throws becomes one of our faults', async () => {
  const fill = 'INSERT INTO t VALUES (1, zeroblob(100000))';
  expect(codeOf('CREATE TABLE t (a PRIMARY KEY, b)', 'PRAGMA max_page_count = 3', fill)).toBe('disk_full');
  expect(codeOf('PRAGMA query_only = 1', fill)).toBe('not_writable');
  expect(codeOf(fill, fill)).toBe('conflict');
  expect(codeOf('SELECT nothing FROM nowhere')).toBe('internal');
  const other = new DatabaseSync(path);
  other.exec('BEGIN EXCLUSIVE');
  expect(codeOf(fill)).toBe('busy');
  other.close();
  await writeFile(path, 'not a database, but long enough to be looked at as one. '.repeat(20));
  expect(codeOf('SELECT * FROM t')).toBe('library_damaged');
});

test('what the file system throws becomes one of our faults', async () => {
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'nothing',
      (thrown) => storageFault(thrown).fault.code,
    );
  await writeFile(path, '');
  expect(await code(mkdir(join(path, 'under a file')))).toBe('not_writable');
  expect(await code(open(join(folder.folder, 'none', 'file'), 'w'))).toBe('not_writable');
  expect(await code(mkdir(join(folder.folder, 'n'.repeat(300))))).toBe('not_writable');
  const own = fault('not_found', 'Not there.');
  expect(storageFault(own)).toBe(own);
});
