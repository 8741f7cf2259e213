import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type FaultError, fault } from '../../../shared/errors.ts';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { makeFolder } from '../../library/files.ts';
import { diskFault, errorCode } from './disk-fault.ts';

/** Where a part lies and what it must be. */
export interface PartFile {
  name: string;
  path: string;
  bytes: number;
  sha256: string;
}

export interface JoinedModel {
  file: string;
  bytes: number;
  sha256: string;
  /** What stands behind the last part. */
  tail: Uint8Array;
}

/** Says which bytes of the joined file were hashed, so that later starts need not hash it again. */
const Marker = z.object({ sha256: z.string(), bytes: z.number(), modified: z.number() });

const TODO = 'Install Timbre again (`npm ci` in a checkout): its model files are damaged or missing.';
const KEPT = 'Your takes are untouched, and the eSpeak voices work.';

function missing(name: string, how: string): FaultError {
  return fault('model_missing', `The model part ${name} ${how}.`, { kept: KEPT, todo: TODO });
}

async function hashFile(path: string, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    onBytes(chunk.length);
  }
  return hash.digest('hex');
}

/** Whether the joined file is whole: by its marker where size and time still fit, else by its hash. */
async function isWhole(path: string, model: JoinedModel, onBytes: (bytes: number) => void): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found?.size !== model.bytes) return false;
  const text = await readFile(markerPath(path), 'utf8').catch(() => '');
  const marker = Marker.safeParse(parseJson(text));
  if (marker.success) {
    const { sha256, bytes, modified } = marker.data;
    if (sha256 === model.sha256 && bytes === found.size && modified === found.mtimeMs) return true;
  }
  if ((await hashFile(path, onBytes)) !== model.sha256) return false;
  await writeMarker(path, model);
  return true;
}

function markerPath(path: string): string {
  return `${path}.verified.json`;
}

/** Without a marker the next start hashes again, so that it cannot be written is no reason to fail. */
async function writeMarker(path: string, model: JoinedModel): Promise<void> {
  const { mtimeMs } = await stat(path);
  const marker: z.infer<typeof Marker> = { sha256: model.sha256, bytes: model.bytes, modified: mtimeMs };
  await writeFile(markerPath(path), JSON.stringify(marker)).catch(() => undefined);
}

/** Has the model hashed again at the next start: a disk that rots changes bytes and no time of change. */
export async function distrustModel(path: string): Promise<void> {
  await rm(markerPath(path), { force: true }).catch(() => undefined);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Removes temporary files of processes that were killed while they joined. */
async function removeLeftovers(folder: string, file: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const match = name.startsWith(`${file}.`) ? /\.(\d+)-[0-9a-f]+\.tmp$/.exec(name) : null;
    if (match && !isRunning(Number(match[1]))) await rm(join(folder, name), { force: true });
  }
}

async function writeJoined(
  temporary: string,
  parts: readonly PartFile[],
  model: JoinedModel,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const whole = createHash('sha256');
  const out = await open(temporary, 'wx');
  try {
    for (const part of parts) {
      const bytes = await readFile(part.path).catch((error: unknown) => {
        throw missing(part.name, errorCode(error) === 'ENOENT' ? 'is missing' : 'cannot be read');
      });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (sha256 !== part.sha256) throw missing(part.name, 'is altered (its SHA-256 is not the expected one)');
      whole.update(bytes);
      await out.writeFile(bytes);
      onBytes(bytes.length);
    }
    whole.update(model.tail);
    await out.writeFile(model.tail);
    onBytes(model.tail.length);
    await out.sync();
  } finally {
    await out.close();
  }
  if (whole.digest('hex') !== model.sha256) throw missing(model.file, 'does not come out right when it is joined');
}

/**
 * Makes sure the joined model lies whole in `folder`, and returns its path.
 *
 * Each process writes a file of its own and renames it into place, so that a kill leaves no half file under the
 * model's name and several processes can do it at once.
 *
 * @param onProgress share of the work that is done, 0-1; not called when nothing is to be done
 * @throws FaultError model_missing (names the part), disk_full, not_writable
 */
export async function joinModel(
  folder: string,
  parts: readonly PartFile[],
  model: JoinedModel,
  onProgress: (progress: number) => void,
): Promise<string> {
  const path = join(folder, model.file);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    onProgress(Math.min(1, done / model.bytes));
  };
  if (await isWhole(path, model, onBytes)) return path;

  done = 0;
  const temporary = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  try {
    await makeFolder(folder);
    await removeLeftovers(folder, model.file);
    await writeJoined(temporary, parts, model, onBytes);
    await rename(temporary, path).catch(async (error: unknown) => {
      // Windows refuses to replace a file another process has open; that one is as good when it is whole.
      if (!(await isWhole(path, model, () => undefined))) throw error;
    });
    await writeMarker(path, model);
    return path;
  } catch (error) {
    throw diskFault(error, folder) ?? error;
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
