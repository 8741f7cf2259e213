import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fault, toFault } from '../../shared/errors.ts';
import { audioFolder } from './audio-files.ts';
import { LibraryDatabase } from './database.ts';
import { makeFolder } from './files.ts';
import { DATABASE_FILE, followMoves, POINTER_FILE } from './home.ts';
import type { Library } from './library.ts';
import { LIBRARY_VERSION, libraryVersion, migrate } from './migrate.ts';
import type { Ownership } from './ownership.ts';
import type { Place } from './place.ts';
import { recoverTakes } from './recover.ts';
import { damaged, storageFault } from './storage-fault.ts';
import { StudioLibrary } from './studio-library.ts';
import { Tenancy } from './tenancy.ts';

export interface LibraryOptions {
  /** The folder, as `resolveHome` gives it. Made where it does not exist. */
  home: string;
  /** Where the models lie, for the space they use; by default `models` in the library's folder. */
  modelFolder?: string;
  /** Called when there is a new one among the library's problems, until they are as many as are kept. */
  onProblem?: () => void;
}

/** How long to wait for another process that makes or migrates the library, in ms, and how often to look. */
const OWNER_PATIENCE = 15_000;
const LOOK_EVERY = 50;
const PROBLEMS_KEPT = 100;
const KEPT = 'Voices can still be heard.';

/**
 * Opens the library of a folder, or makes it. Several processes may have it open at once; one of them owns it.
 *
 * @throws FaultError not_writable, disk_full, library_newer, library_damaged, busy (it is being moved), not_found (it was
 *   moved to a folder that is not there)
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const start = resolve(options.home);
  const home = findHome(start);
  let tenancy: Tenancy | null = null;
  let database: LibraryDatabase | null = null;
  try {
    await makeFolder(home);
    tenancy = Tenancy.enter(home);
    // A move may have ended since the folder was looked up.
    if (findHome(start) !== home) throw fault('busy', 'The library was just moved.', { todo: 'Start again.' });
    database = openDatabase(home);
    await reachVersion(database, home, tenancy);
    const { modelFolder = join(home, 'models'), onProblem = () => {} } = options;
    return assemble(home, tenancy, database, modelFolder, onProblem);
  } catch (thrown) {
    database?.close();
    tenancy?.release();
    throw storageFault(thrown, KEPT);
  }
}

function assemble(
  home: string,
  tenancy: Tenancy,
  database: LibraryDatabase,
  modelFolder: string,
  onProblem: () => void,
): Library {
  const problems: string[] = [];
  const place: Place = {
    home,
    database,
    processId: tenancy.processId,
    making: new Map(),
    moving: false,
    working: 0,
    report: (problem) => {
      if (remember(problems, problem)) onProblem();
    },
  };
  const { ownership } = tenancy;
  if (ownership.owner) recoverTakes(place);
  const library = new StudioLibrary(place, tenancy, modelFolder, problems);
  ownership.watch(
    () => place.home,
    () => lookAfter(place, ownership),
  );
  return library;
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
async function reachVersion(database: LibraryDatabase, home: string, { ownership }: Tenancy): Promise<void> {
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
    if (ownership.owner && !place.moving) recoverTakes(place);
  } catch (thrown) {
    place.report(toFault(thrown).message);
  }
}

/** Whether there is one more than before. */
function remember(problems: string[], problem: string): boolean {
  if (problems.includes(problem)) return false;
  problems.push(problem);
  if (problems.length <= PROBLEMS_KEPT) return true;
  problems.shift();
  return false;
}
