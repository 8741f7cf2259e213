import { statSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { storageFault } from './storage-fault.ts';

/** Bytes of one sample, s16le. */
export const BYTES_PER_SAMPLE = 2;

/** The folder of all audio within a library. */
export const audioFolder = (home: string) => join(home, 'audio');

/** The file of an audio: raw PCM s16le, one channel. */
export function audioPath(home: string, audioId: string): string {
  return join(audioFolder(home), audioId.slice(0, 2), `${audioId}.pcm`);
}

/** Whole samples in an audio file; 0 where there is none. */
export function samplesInFile(path: string): number {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return Math.floor(bytes / BYTES_PER_SAMPLE);
}

/** Writes an audio file from its first to its last byte, in the order of the calls. */
export class AudioFileWriter {
  readonly path: string;
  readonly #file: FileHandle;
  #tail: Promise<void> = Promise.resolve();
  #bytes = 0;
  #open = true;

  constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** @throws FaultError disk_full, not_writable */
  static async create(path: string): Promise<AudioFileWriter> {
    try {
      await mkdir(dirname(path), { recursive: true });
      return new AudioFileWriter(path, await open(path, 'wx'));
    } catch (thrown) {
      throw storageFault(thrown);
    }
  }

  /** Whole samples written so far. */
  get samples(): number {
    return Math.floor(this.#bytes / BYTES_PER_SAMPLE);
  }

  /**
   * Adds bytes after those of the calls before, and resolves once they are with the system. After a failure all later
   * calls fail the same way. The bytes must not change until then.
   *
   * @throws FaultError disk_full, not_writable
   */
  append(bytes: Uint8Array): Promise<void> {
    this.#tail = this.#tail.then(() => this.#write(bytes));
    // Whoever waits for this call hears of its failure; the chain must not report it a second time.
    this.#tail.catch(() => {});
    return this.#tail;
  }

  /** Waits for what is being written; resolves to what went wrong, or null. */
  async settled(): Promise<unknown> {
    try {
      await this.#tail;
      return null;
    } catch (thrown) {
      return thrown;
    }
  }

  /**
   * Waits for what is being written, cuts off half a sample, and makes sure that all is on disk.
   *
   * @throws FaultError disk_full, not_writable
   */
  async close(): Promise<void> {
    await this.settled();
    if (!this.#open) return;
    this.#open = false;
    try {
      if (this.#bytes % BYTES_PER_SAMPLE !== 0) await this.#file.truncate(this.samples * BYTES_PER_SAMPLE);
      await this.#file.sync();
    } catch (thrown) {
      throw storageFault(thrown);
    } finally {
      await this.#file.close();
    }
    await syncFolder(dirname(this.path));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let from = 0;
    try {
      while (from < bytes.length) {
        const { bytesWritten } = await this.#file.write(bytes, from, bytes.length - from, this.#bytes);
        this.#bytes += bytesWritten;
        from += bytesWritten;
      }
    } catch (thrown) {
      throw storageFault(thrown, 'What had arrived before is kept.');
    }
  }
}

/** Removes an audio file; one that is not there is as good as removed. */
export async function removeAudio(home: string, audioId: string): Promise<void> {
  await rm(audioPath(home, audioId), { force: true });
}

/** Makes a new file's name last through a power cut. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
