import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from './audio-files.ts';
import { INCOMING_FOLDER } from './files.ts';
import type { Place } from './place.ts';
import { beingMoved, storageFault } from './storage-fault.ts';

/** Folder of the library with listening tests that came in a file. */
export const GUEST_FOLDER = 'listening';
const ENDING = '.timbre-test';

/** The session that such a file belongs to. */
export const sessionOfFile = (name: string) => basename(name, ENDING);

/** What was found in a file. */
export interface FoundGuest {
  /** Id of the session. */
  id: string;
  /** Stores the session; null where the library has it already, and only its file may be missing. */
  keep: (() => void) | null;
}

/** The files of listening tests that were made elsewhere. They stay as they came: their sounds are read from them. */
export class GuestFiles {
  readonly #place: Place;
  /** Ends when the file that is being taken in is in its place, or is not. */
  #taking: Promise<unknown> = Promise.resolve();

  constructor(place: Place) {
    this.#place = place;
  }

  /** Where the file of a session lies. The id is one of ours, never a name from a file. */
  path(sessionId: string): string {
    return join(this.#place.home, GUEST_FOLDER, `${sessionId}${ENDING}`);
  }

  /**
   * Takes a file in. It is in its place, and on disk, before its session is stored.
   *
   * @param find reads what it is; nothing is kept where that throws
   * @returns the session’s id
   * @throws FaultError disk_full, not_writable, conflict while the library is moved, and what `find` throws
   */
  async bring(file: AsyncIterable<Uint8Array>, find: (path: string) => Promise<FoundGuest>): Promise<string> {
    if (this.#place.moving) throw beingMoved();
    this.#place.working += 1;
    const incoming = join(this.#place.home, INCOMING_FOLDER);
    const beside = join(incoming, `${randomUUID()}${ENDING}`);
    try {
      await mkdir(incoming, { recursive: true });
      await pipeline(
        Readable.from(file, { objectMode: false }),
        createWriteStream(beside, { flags: 'wx', flush: true }),
      );
      // One after the other: the same file twice at once is found, the second time, to be here already.
      const taken = this.#taking.then(() => this.#take(beside, find));
      this.#taking = taken.catch(() => undefined);
      return await taken;
    } catch (thrown) {
      throw storageFault(thrown, 'What was here is unchanged.');
    } finally {
      this.#place.working -= 1;
      await rm(beside, { force: true });
    }
  }

  async #take(beside: string, find: (path: string) => Promise<FoundGuest>): Promise<string> {
    const { id, keep } = await find(beside);
    const target = this.path(id);
    if (!keep && existsSync(target)) return id;
    await mkdir(join(this.#place.home, GUEST_FOLDER), { recursive: true });
    await rename(beside, target);
    await syncFolder(join(this.#place.home, GUEST_FOLDER));
    try {
      keep?.();
    } catch (thrown) {
      await rm(target, { force: true });
      throw thrown;
    }
    return id;
  }

  async remove(sessionId: string): Promise<void> {
    await rm(this.path(sessionId), { force: true });
  }
}
