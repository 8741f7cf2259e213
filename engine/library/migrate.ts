import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fault } from '../../shared/errors.ts';
import type { LibraryDatabase } from './database.ts';
import { LIBRARY_SCHEMA } from './migrations/001-library.ts';
import { PROVIDERS_SCHEMA } from './migrations/002-providers.ts';
import { COMPARISONS_SCHEMA } from './migrations/003-comparisons.ts';
import { LISTENING_SCHEMA } from './migrations/004-listening.ts';
import { MAPPINGS_SCHEMA } from './migrations/005-mappings.ts';
import { damaged } from './storage-fault.ts';

/** Schema changes in order. The number of a migration is its place here, from 1; a released one is never changed. */
export const MIGRATIONS: readonly string[] = [
  LIBRARY_SCHEMA,
  PROVIDERS_SCHEMA,
  COMPARISONS_SCHEMA,
  LISTENING_SCHEMA,
  MAPPINGS_SCHEMA,
];

/** The version this program reads and writes. */
export const LIBRARY_VERSION = MIGRATIONS.length;

/** Marks a database as ours: “TMBR”, https://sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x544d4252;
const BACKUPS_KEPT = 3;

/**
 * The database's version; 0 where it is still empty.
 *
 * @throws FaultError library_newer, library_damaged
 */
export function libraryVersion(database: LibraryDatabase, newest: number = LIBRARY_VERSION): number {
  const version = database.number('PRAGMA user_version');
  const tables = database.number('SELECT count(*) FROM sqlite_schema');
  if (version === 0 && tables === 0) return 0;
  if (database.number('PRAGMA application_id') !== APPLICATION_ID) {
    throw damaged('library.sqlite is a database, but not one of Timbre’s.');
  }
  if (version > newest) {
    throw fault('library_newer', 'This library was written by a newer version of Timbre.', {
      kept: 'It was not touched.',
      todo: 'Update Timbre, or choose another folder with TIMBRE_HOME.',
    });
  }
  return version;
}

/**
 * Brings the database to this program's version, each step in its own transaction, after a backup copy under `backups`.
 * Only the library's owner may call it.
 *
 * @throws FaultError library_newer, library_damaged, disk_full, not_writable
 */
export async function migrate(
  database: LibraryDatabase,
  home: string,
  migrations: readonly string[] = MIGRATIONS,
): Promise<void> {
  const version = libraryVersion(database, migrations.length);
  if (version === migrations.length) return;
  if (version > 0) await backUp(database, home, version);
  for (const [index, migration] of migrations.entries()) {
    const reached = index + 1;
    if (reached <= version) continue;
    database.transaction(() => {
      database.exec(migration);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${reached}`);
    });
  }
}

async function backUp(database: LibraryDatabase, home: string, version: number): Promise<void> {
  const folder = join(home, 'backups');
  await mkdir(folder, { recursive: true });
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  await database.backup(join(folder, `library-${stamp}-v${version}.sqlite`));
  const backups = (await readdir(folder)).filter((name) => /^library-.*\.sqlite$/.test(name)).sort();
  for (const old of backups.slice(0, -BACKUPS_KEPT)) await rm(join(folder, old), { force: true });
}
