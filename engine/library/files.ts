import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, realpath, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from './audio-files.ts';

/** Folder of the library for what is on its way in or out. What is old there is removed with a clean-up. */
export const INCOMING_FOLDER = 'incoming';

/** A file found under a folder. */
export interface FoundFile {
  path: string;
  name: string;
  /** Bytes. */
  size: number;
  /** When its content or name last changed, in ms since the epoch. */
  changedAt: number;
}

/** Every file under a folder; none where the folder does not exist. Links are not followed. */
export async function* filesUnder(folder: string): AsyncGenerator<FoundFile> {
  let entries: Awaited<ReturnType<typeof readEntries>>;
  try {
    entries = await readEntries(folder);
  } catch (thrown) {
    if (isMissing(thrown)) return;
    throw thrown;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* filesUnder(path);
    } else if (entry.isFile()) {
      // Another process may remove a file while the folder is read.
      const found = await stat(path).catch(() => null);
      if (found !== null) yield { path, name: entry.name, size: found.size, changedAt: found.ctimeMs };
    }
  }
}

/** Bytes of all files under a folder. */
export async function bytesUnder(folder: string): Promise<number> {
  let bytes = 0;
  for await (const file of filesUnder(folder)) bytes += file.size;
  return bytes;
}

/** Bytes left for this user on the disk that holds a folder; null where the system does not say. */
export async function diskFree(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** The path with its links followed, as far as it is there. */
export async function truePath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (thrown) {
    const parent = dirname(path);
    if (parent === path) throw thrown;
    return join(await truePath(parent), basename(path));
  }
}

/**
 * Makes a folder, and those above it. Node's own recursive mkdir never ends where the system says ENOENT although the
 * parent is there, as in /proc.
 *
 * @returns whether it was made just now
 */
export async function makeFolder(path: string): Promise<boolean> {
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) return false;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  try {
    await mkdir(path);
    return true;
  } catch (thrown) {
    // Another process may have been quicker.
    if ((await stat(path).catch(() => null))?.isDirectory()) return false;
    throw thrown;
  }
}

/**
 * Copies a file, makes sure it is on disk, reads it back and compares size and SHA-256.
 *
 * @param onBytes told of bytes copied and of bytes read back
 * @returns the bytes copied
 */
export async function copyChecked(from: string, to: string, onBytes: (bytes: number) => void): Promise<number> {
  await mkdir(dirname(to), { recursive: true });
  const written = digest(onBytes);
  await pipeline(createReadStream(from), written.stream, createWriteStream(to, { flags: 'wx', flush: true }));
  const read = digest(onBytes);
  await pipeline(createReadStream(to), read.stream.resume());
  if (read.bytes() !== written.bytes() || read.hash() !== written.hash()) {
    throw Object.assign(new Error(`${to} is not what was written to it.`), { code: 'EIO', path: to });
  }
  return written.bytes();
}

/**
 * Writes a small file so that after a crash it is there whole, or as it was before.
 * @param mode who may read it: by default as the system has it
 */
export async function writeWhole(path: string, text: string, mode?: number): Promise<void> {
  // Another process may write the same file.
  const beside = `${path}.${randomUUID()}${UNFINISHED}`;
  await removeLeft(path);
  try {
    await writeSynced(beside, text, mode);
    await rename(beside, path);
  } catch (thrown) {
    await rm(beside, { force: true });
    throw thrown;
  }
  await syncFolder(dirname(path));
}

const UNFINISHED = '.new';
/** A file that was begun so long ago, in ms, is one that nobody will finish. */
const LEFT_MS = 60_000;

/** Removes what a crash has left of a file that was being written. */
async function removeLeft(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder);
  const left = names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith(UNFINISHED));
  for (const name of left) {
    const beside = join(folder, name);
    const found = await stat(beside).catch(() => null);
    if (found && Date.now() - found.mtimeMs > LEFT_MS) await rm(beside, { force: true });
  }
}

/** @param mode of a file that is new */
async function writeSynced(path: string, text: string, mode: number | undefined): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** True for the error of something that is not there. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

const readEntries = (folder: string) => readdir(folder, { withFileTypes: true });

/** Passes bytes through and takes their SHA-256. */
function digest(onBytes: (bytes: number) => void) {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  return { stream, bytes: () => bytes, hash: () => hash.digest('hex') };
}
