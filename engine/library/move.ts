import { existsSync } from 'node:fs';
import { readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { type FaultError, fault } from '../../shared/errors.ts';
import { audioPath } from './audio-files.ts';
import { LibraryDatabase } from './database.ts';
import { copyChecked, diskFree, filesUnder, INCOMING_FOLDER, makeFolder, truePath } from './files.ts';
import { GUEST_FOLDER } from './guest-files.ts';
import { DATABASE_FILE, POINTER_FILE, writePointer } from './home.ts';
import { LOCK_FOLDER } from './locks.ts';
import type { Place } from './place.ts';
import { beingMoved, storageFault } from './storage-fault.ts';
import type { Tenancy } from './tenancy.ts';

/** What of a folder is a library. */
const PARTS = [
  DATABASE_FILE,
  `${DATABASE_FILE}-wal`,
  `${DATABASE_FILE}-shm`,
  'audio',
  'backups',
  INCOMING_FOLDER,
  GUEST_FOLDER,
  LOCK_FOLDER,
];
/** Room left over on the new disk, in bytes. */
const SPARE = 16 * 1024 * 1024;
const KEPT = 'The library stays where it is, unchanged.';

const Origins = z.array(z.string());

/** A finished copy that is still to be used. */
interface LibraryCopy {
  home: string;
  /** Removes the copy again. */
  remove(): Promise<void>;
}

/**
 * Moves the library to another folder and goes on there. A pointer in the old folder leads to the new one.
 *
 * @param onProgress 0-1
 * @throws FaultError invalid, conflict (a take is being made, another process has the library open, there is a library in
 *   that folder), disk_full, not_writable; the library stays where it is then
 */
export async function moveLibrary(
  place: Place,
  tenancy: Tenancy,
  to: string,
  onProgress: (progress: number) => void,
): Promise<void> {
  if (place.moving) throw beingMoved();
  if (place.database.number(`SELECT count(*) FROM takes WHERE state = 'rendering'`) > 0) {
    throw fault('conflict', 'A take is being made.', { kept: KEPT, todo: 'Move the library when it is done.' });
  }
  if (place.working > 0) {
    throw fault('conflict', 'A project is being written, merged or cleaned up.', {
      kept: KEPT,
      todo: 'Move the library when that is done.',
    });
  }
  if (!tenancy.becomeAlone()) {
    throw fault('conflict', 'Another program has the library open.', {
      kept: KEPT,
      todo: 'Close it (the app, the gateway or a command), then move the library.',
    });
  }
  place.moving = true;
  try {
    const copy = await copyLibrary(place, to, onProgress);
    const old = place.home;
    try {
      // From the pointer on, whoever starts in the old folder is led to the copy.
      await rm(join(copy.home, POINTER_FILE), { force: true });
      await writePointer(old, copy.home);
    } catch (thrown) {
      await copy.remove();
      throw storageFault(thrown, KEPT);
    }
    await goOverTo(place, tenancy, copy, old);
    await leadAllTo(place, old);
    await removeLibraryFiles(old);
    const left = PARTS.filter((part) => existsSync(join(old, part)));
    if (left.length > 0)
      place.report(`The library was moved; these old files could not be removed: ${left.join(', ')} in ${old}.`);
    onProgress(1);
  } finally {
    place.database.thaw();
    place.moving = false;
    tenancy.share();
  }
}

async function goOverTo(place: Place, tenancy: Tenancy, copy: LibraryCopy, old: string): Promise<void> {
  try {
    place.database.switchTo(join(copy.home, DATABASE_FILE));
    tenancy.moveTo(copy.home);
    place.home = copy.home;
    place.processId = tenancy.processId;
  } catch (thrown) {
    place.database.switchTo(join(old, DATABASE_FILE));
    await rm(join(old, POINTER_FILE), { force: true });
    await copy.remove();
    throw storageFault(thrown, KEPT);
  }
}

/** Remembers the folders the library lay in, and makes each lead straight to where it lies now. */
async function leadAllTo(place: Place, old: string): Promise<void> {
  place.database.thaw();
  const row = place.database.get(`SELECT value FROM meta WHERE name = 'origins'`);
  const known = Origins.safeParse(row === undefined ? [] : JSON.parse(String(row.value)));
  const origins = [...new Set([...(known.success ? known.data : []), old])].filter((origin) => origin !== place.home);
  place.database.run(`INSERT OR REPLACE INTO meta (name, value) VALUES ('origins', ?)`, JSON.stringify(origins));
  // A folder that is gone needs no pointer.
  for (const origin of origins) await writePointer(origin, place.home).catch(() => {});
}

/**
 * Copies the library to another folder and checks the copy: audio by size and SHA-256, the database by SQLite's own
 * check. On any failure nothing is left behind there.
 *
 * @param onProgress 0-1
 * @throws FaultError invalid, conflict, disk_full, not_writable
 */
async function copyLibrary(place: Place, to: string, onProgress: (progress: number) => void): Promise<LibraryCopy> {
  if (!isAbsolute(to) || to.includes('\0')) throw refusedTarget('The new folder must be given with its whole path.');
  const target = await truePath(resolve(to));
  refuseNested(await truePath(place.home), target);
  const made = await makeTarget(target);
  const remove = async () => {
    await removeLibraryFiles(target);
    if (made) await rmdir(target).catch(() => {});
  };
  try {
    const files = [...(await audioToCopy(place)), ...(await guestsToCopy(place))];
    const databaseSize = await sizeOf(join(place.home, DATABASE_FILE));
    const total = files.reduce((sum, file) => sum + file.size, databaseSize);
    const free = await diskFree(target);
    if (free !== null && free < total + SPARE) {
      throw fault('disk_full', 'There is not enough room on that disk.', { kept: KEPT, todo: 'Choose another disk.' });
    }
    let bytes = 0;
    // Every byte is written once and read back once.
    const count = (some: number) => {
      bytes += some;
      onProgress(Math.min(1, bytes / (2 * total)));
    };
    for (const { pathIn, size } of files) {
      const copied = await copyChecked(pathIn(place.home), pathIn(target), count);
      if (copied !== size) throw new Error(`${pathIn(place.home)} changed while it was copied.`);
    }
    place.database.freeze();
    await place.database.backup(join(target, DATABASE_FILE));
    checkDatabase(place, join(target, DATABASE_FILE));
    return { home: target, remove };
  } catch (thrown) {
    await remove();
    throw storageFault(thrown, KEPT);
  }
}

/** Removes what of a folder is a library. What cannot be removed now stays, and is in nobody's way. */
export async function removeLibraryFiles(home: string): Promise<void> {
  for (const part of PARTS) await rm(join(home, part), { recursive: true, force: true }).catch(() => {});
}

function refuseNested(home: string, target: string): void {
  const within = (inner: string, outer: string) => {
    const path = relative(outer, inner);
    return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path));
  };
  if (within(target, home) || within(home, target)) {
    throw refusedTarget('The new folder must lie outside the library’s own.');
  }
}

function refusedTarget(why: string): FaultError {
  return fault('invalid', why, { kept: KEPT, todo: 'Choose another folder.', param: 'target' });
}

/** Makes sure that the target is a folder without a library that can be written. True where it was made just now. */
async function makeTarget(target: string): Promise<boolean> {
  try {
    const made = await makeFolder(target);
    const there = (await readdir(target)).find((name) => PARTS.includes(name) && name !== LOCK_FOLDER);
    if (there !== undefined) {
      throw fault('conflict', 'There is already a library in that folder.', {
        kept: KEPT,
        todo: 'Choose an empty folder.',
        param: 'target',
      });
    }
    const probe = join(target, '.timbre-probe');
    await writeFile(probe, 'can be written', { flag: 'w' });
    await rm(probe);
    return made;
  } catch (thrown) {
    throw storageFault(thrown, KEPT);
  }
}

/** A file of the library. */
interface FileToCopy {
  pathIn(home: string): string;
  /** Bytes. */
  size: number;
}

/** Listening tests that came in a file. */
async function guestsToCopy({ home }: Place): Promise<FileToCopy[]> {
  const files: FileToCopy[] = [];
  for await (const { name, size } of filesUnder(join(home, GUEST_FOLDER))) {
    files.push({ pathIn: (folder) => join(folder, GUEST_FOLDER, name), size });
  }
  return files;
}

/** The audio files there are. One that is lost already is named, and does not keep the rest from moving. */
async function audioToCopy(place: Place): Promise<FileToCopy[]> {
  const files: FileToCopy[] = [];
  for (const row of place.database.all('SELECT id FROM audio WHERE samples > 0')) {
    const id = String(row.id);
    const path = audioPath(place.home, id);
    if (existsSync(path)) files.push({ pathIn: (home) => audioPath(home, id), size: await sizeOf(path) });
    else place.report(`The audio ${id} is missing.`);
  }
  return files;
}

function checkDatabase(place: Place, path: string): void {
  const copy = new LibraryDatabase(path);
  try {
    const said = copy.all('PRAGMA quick_check(1)');
    const same = (sql: string) => copy.number(sql) === place.database.number(sql);
    const whole = said.length === 1 && said[0]?.quick_check === 'ok';
    if (!whole || !same('PRAGMA page_count') || !same('SELECT count(*) FROM takes')) {
      throw fault('not_writable', 'The copy of the database is not whole.', {
        kept: KEPT,
        todo: 'Choose another disk.',
      });
    }
  } finally {
    copy.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}
