import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fault, toFault } from '../../shared/errors.ts';
import { audioFolder } from './audio-files.ts';
import { LibraryDatabase } from './database.ts';
import { DATABASE_FILE, followMoves, POINTER_FILE } from './home.ts';
import type { Library } from './library.ts';
import { type Lock, lockProcess, lockShared, makeLockFolders, removeProcessLock, usersLock } from './locks.ts';
import { LIBRARY_VERSION, libraryVersion, migrate } from './migrate.ts';
import { Ownership } from './ownership.ts';
import type { Place } from './place.ts';
import { recoverTakes } from './recover.ts';
import { damaged, storageFault } from './storage-fault.ts';
import { StudioLibrary } from './studio-library.ts';

export interface LibraryOptions {
  /** The folder, as `resolveHome` gives it. Made where it does not exist. */
  home: string;
  /** Where the models lie, for the space they use; by default `models` in the library's folder. */
  modelFolder?: string;
}

/** How long to wait for another process that makes or migrates the library, in ms, and how often to look. */
const OWNER_PATIENCE = 15_000;
const LOOK_EVERY = 50;
const PROBLEMS_KEPT = 100;
const KEPT = 'Voices can still be heard; takes are not kept.';

/**
 * Opens the library of a folder, or makes it. Several processes may have it open at once; one of them owns it.
 *
 * @throws FaultError not_writable, disk_full, library_newer, library_damaged, busy (it is being moved), not_found (it was
 *   moved to a folder that is not there)
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const home = findHome(resolve(options.home));
  const opened: Lock[] = [];
  const hold = <T extends Lock>(lock: T): T => {
    opened.push(lock);
    return lock;
  };
  try {
    mkdirSync(home, { recursive: true });
    makeLockFolders(home);
    const users = lockShared(usersLock(home));
    if (users === null)
      throw fault('busy', 'The library is being moved.', { kept: KEPT, todo: 'Start again when it is done.' });
    hold(users);
    const { id: processId, lock } = lockProcess(home);
    hold({
      release: () => {
        lock.release();
        removeProcessLock(home, processId);
      },
    });
    const ownership = hold(new Ownership());
    ownership.claim(home);
    const database = openDatabase(home);
    hold({ release: () => database.close() });
    await reachVersion(database, home, ownership);
    const problems: string[] = [];
    const place: Place = { home, database, processId, moving: false, report: (problem) => remember(problems, problem) };
    if (ownership.owner) recoverTakes(place);
    const library = new StudioLibrary(
      place,
      { ownership, users, process: lock },
      options.modelFolder ?? join(home, 'models'),
      problems,
    );
    ownership.watch(
      () => place.home,
      () => lookAfter(place, ownership),
    );
    return library;
  } catch (thrown) {
    for (const lock of opened.reverse()) lock.release();
    throw storageFault(thrown, KEPT);
  }
}

/** Follows a move. A library that was moved away is never silently begun anew. */
function findHome(start: string): string {
  const home = followMoves(start);
  if (home === start || statSync(join(home, DATABASE_FILE), { throwIfNoEntry: false }) !== undefined) return home;
  throw fault('not_found', `The library was moved to ${home}, and is not there.`, {
    kept: 'Nothing was changed.',
    todo: `Connect that disk, or remove ${join(start, POINTER_FILE)} to begin a new library.`,
  });
}

function openDatabase(home: string): LibraryDatabase {
  const path = join(home, DATABASE_FILE);
  // An empty file beside audio is what a failed disk leaves, not a new library.
  if (statSync(path, { throwIfNoEntry: false })?.size === 0 && hasAudio(home)) {
    throw damaged('The library’s database is empty, although there is audio.');
  }
  return new LibraryDatabase(path);
}

function hasAudio(home: string): boolean {
  try {
    return readdirSync(audioFolder(home)).length > 0;
  } catch {
    return false;
  }
}

/** The owner migrates; everybody else waits until that is done. */
async function reachVersion(database: LibraryDatabase, home: string, ownership: Ownership): Promise<void> {
  const until = Date.now() + OWNER_PATIENCE;
  while (libraryVersion(database) !== LIBRARY_VERSION) {
    if (ownership.claim(home)) {
      database.prepare();
      await migrate(database, home);
    } else if (Date.now() > until) {
      throw fault('library_newer', 'Another, older Timbre has this library open.', {
        kept: 'Nothing was changed.',
        todo: 'Close the other one, then start again.',
      });
    } else {
      await wait(LOOK_EVERY);
    }
  }
  database.prepare();
}

/** Runs now and then: the owner looks for takes that another process left unfinished when it died. */
function lookAfter(place: Place, ownership: Ownership): void {
  try {
    if (ownership.owner) recoverTakes(place);
  } catch (thrown) {
    place.report(toFault(thrown).message);
  }
}

function remember(problems: string[], problem: string): void {
  if (problems.includes(problem)) return;
  problems.push(problem);
  if (problems.length > PROBLEMS_KEPT) problems.shift();
}
