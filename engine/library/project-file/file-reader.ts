import { type FileHandle, open } from 'node:fs/promises';
import { Reader } from '@zip.js/zip.js';

/** Reads a file for zip.js by position, so that none of it has to be in memory. */
export class FileReader extends Reader<string> {
  readonly #path: string;
  #file: FileHandle | null = null;

  constructor(path: string) {
    super(path);
    this.#path = path;
  }

  override async init(): Promise<void> {
    await super.init?.();
    this.#file ??= await open(this.#path, 'r');
    this.size = (await this.#file.stat()).size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (this.#file === null) throw new Error('The file is not open.');
    const buffer = new Uint8Array(Math.max(0, Math.min(length, this.size - index)));
    const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, index);
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}
