import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 200;
/** How often an owner shows that it still works. */
const SHOW_EVERY_MS = 5000;
/** A lock that nobody has touched for so long is left over, whoever has its owner's process id by now. */
export const LEFT_OVER_MS = 120_000;

/**
 * Runs `work` while no other process holds the lock at `file`. A lock whose owner has died, or has not touched it for
 * {@link LEFT_OVER_MS}, is taken over.
 *
 * @param file path of the lock; holds the owner's process id
 * @param onWait called once if another process has to be waited for
 */
export async function withLock<T>(file: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    if (!told) onWait();
    told = true;
    await pause(LOOK_AGAIN_MS);
  }
  const showing = setInterval(() => touch(file), SHOW_EVERY_MS).unref();
  const release = () => {
    clearInterval(showing);
    if (read(file) === process.pid) rmSync(file, { force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
  }
  dropIfLeftOver(file);
  return false;
}

function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // It is gone: the work goes on, and is in the worst case done twice.
  }
}

/** Moves the lock of a dead or lost owner away. If somebody else took it over in the same moment, theirs is put back. */
function dropIfLeftOver(file: string): void {
  const owner = read(file);
  const dead = owner !== null && !isAlive(owner);
  if (!dead && !isOld(file)) return;
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== owner) linkSync(aside, file);
  } catch {
    // Somebody else was quicker.
  }
  rmSync(aside, { force: true });
}

/** The owner's process id; null while the lock is being written, or is gone. */
function read(file: string): number | null {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(owner) && owner > 0 ? owner : null;
  } catch {
    return null;
  }
}

function isOld(file: string): boolean {
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return touched !== undefined && Date.now() - touched > LEFT_OVER_MS;
}

function isAlive(owner: number): boolean {
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
