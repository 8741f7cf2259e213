import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { isLocked, storageFault } from './storage-fault.ts';

/**
 * Locks held by an open transaction on a small SQLite file. The operating system frees them when the process ends, in
 * whatever way, so a lock never outlives its holder. Lock files must not be opened by anything but SQLite: closing any
 * other handle on them would free the lock on POSIX systems, https://sqlite.org/howtocorrupt.html#_posix_advisory_locks
 */
export interface Lock {
  release(): void;
}

/** The folder of the locks within a library's. */
export const LOCK_FOLDER = 'locks';
const LOCK_SUFFIX = '.lock';

/** The file of the lock that the library's owner holds. */
export const ownerLock = (home: string) => join(home, LOCK_FOLDER, 'owner.lock');
/** The file of the lock that everybody who uses the library shares, and that a move needs alone. */
export const usersLock = (home: string) => join(home, LOCK_FOLDER, 'users.lock');
const processLock = (home: string, process: string) => join(home, LOCK_FOLDER, 'running', `${process}${LOCK_SUFFIX}`);

/** @throws FaultError not_writable, disk_full */
export function makeLockFolders(home: string): void {
  try {
    mkdirSync(join(home, LOCK_FOLDER, 'running'), { recursive: true });
  } catch (thrown) {
    throw storageFault(thrown);
  }
}

/** Takes a lock that nobody else can have at the same time; null where somebody has it. */
export function lockAlone(file: string): Lock | null {
  return take(file, 'BEGIN EXCLUSIVE');
}

/** Takes a lock that others can share; null where somebody has it alone. */
export function lockShared(file: string): Lock | null {
  // The read makes the open transaction hold SQLite's shared lock.
  return take(file, 'BEGIN; SELECT count(*) FROM sqlite_schema');
}

/** Shows to others that this process lives. Gives the id it is known by. */
export function lockProcess(home: string): { id: string; lock: Lock } {
  for (;;) {
    const id = randomUUID();
    const file = processLock(home, id);
    const lock = lockAlone(file);
    // Somebody who clears up may have taken or removed the file before it was locked: then under another id.
    if (lock !== null && existsSync(file)) return { id, lock };
    lock?.release();
  }
}

/** True while the process that took this id lives. */
export function processLives(home: string, id: string): boolean {
  const file = processLock(home, id);
  if (!existsSync(file)) return false;
  const lock = lockAlone(file);
  lock?.release();
  return lock === null;
}

/** Removes what processes left behind that ended without closing. */
export function removeDeadProcesses(home: string, own: string): void {
  const folder = join(home, LOCK_FOLDER, 'running');
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(LOCK_SUFFIX) || basename(name, LOCK_SUFFIX) === own) continue;
    const file = join(folder, name);
    const lock = lockAlone(file);
    if (lock === null) continue;
    removeLockFile(file);
    lock.release();
    removeLockFile(file);
  }
}

/** Removes a process's own lock file once it is released. */
export function removeProcessLock(home: string, id: string): void {
  removeLockFile(processLock(home, id));
}

/** Windows refuses to remove an open file; a file that stays is removed at the next start. */
function removeLockFile(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Left for the next start.
  }
}

function take(file: string, how: string): Lock | null {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    // Nothing is ever stored in a lock file, so it needs no journal beside it.
    database.exec(`PRAGMA journal_mode = MEMORY; ${how}`);
  } catch (thrown) {
    database?.close();
    if (isLocked(thrown)) return null;
    throw storageFault(thrown);
  }
  const held = database;
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
}
