import { type FileEntry, ZipReader } from '@zip.js/zip.js';
import { z } from 'zod';
import { type FaultError, fault } from '../../../shared/errors.ts';
import { Id } from '../../../shared/schemas/take.ts';
import { entryText, extractEntry } from '../extract-entry.ts';
import { FileReader } from './file-reader.ts';
import {
  AnyManifest,
  BLENDS,
  COMPARISONS,
  LIMITS,
  LISTENING,
  MANIFEST,
  MAPPINGS,
  Manifest,
  PRESETS,
  PROJECT_FILE_VERSION,
  TAKES,
  TIMINGS,
  VIEWS,
} from './format.ts';

const LISTS: readonly string[] = [MANIFEST, PRESETS, COMPARISONS, MAPPINGS, LISTENING, BLENDS, TAKES, VIEWS, TIMINGS];
const AUDIO_NAME = /^audio\/([0-9a-f-]{36})\.pcm$/;

/** A project file that is open for reading. Names in it never become paths. */
export class ProjectFile {
  readonly manifest: Manifest;
  readonly #file: FileReader;
  readonly #zip: ZipReader<string>;
  readonly #lists: ReadonlyMap<string, FileEntry>;
  readonly #audio: ReadonlyMap<string, FileEntry>;

  private constructor(file: FileReader, zip: ZipReader<string>, manifest: Manifest, found: Found) {
    this.#file = file;
    this.#zip = zip;
    this.manifest = manifest;
    this.#lists = found.lists;
    this.#audio = found.audio;
  }

  /**
   * @param report told of entries that are left out, in words
   * @throws FaultError unsupported, library_newer, too_large
   */
  static async open(path: string, report: (problem: string) => void): Promise<ProjectFile> {
    const file = new FileReader(path);
    // Names are matched against the few that are known here, so that an unsafe one is named and the rest is read.
    const zip = new ZipReader(file, {
      useWebWorkers: false,
      checkOverlappingEntry: true,
      filenameValidation: 'tolerant',
    });
    try {
      const found = await findEntries(zip, report);
      const manifest = await readManifest(found.lists.get(MANIFEST));
      return new ProjectFile(file, zip, manifest, found);
    } catch (thrown) {
      await zip.close().catch(() => {});
      await file.close();
      throw thrown instanceof Error && 'fault' in thrown ? thrown : notAProject(thrown);
    }
  }

  /** Bytes of an audio as the file states them; null where it is not in the file. */
  audioBytes(audioId: string): number | null {
    return this.#audio.get(audioId)?.uncompressedSize ?? null;
  }

  /** Writes an audio's bytes out. Fails where they are not what the file states. */
  async readAudio(audioId: string, write: (bytes: Uint8Array) => Promise<void>): Promise<void> {
    const entry = this.#audio.get(audioId);
    if (entry === undefined) throw new Error('it is not in the file');
    await extractEntry(entry, LIMITS.audio, tooLarge, write);
  }

  /** A list entry as JSON; null where it is not there. */
  async readJson(name: string): Promise<unknown> {
    const entry = this.#lists.get(name);
    return entry === undefined ? null : JSON.parse(await entryText(entry, LIMITS.list, tooLarge));
  }

  /** Calls `take` with each line of an entry, one after the other. */
  async readLines(name: string, take: (line: string, number: number) => Promise<void>): Promise<void> {
    const entry = this.#lists.get(name);
    if (entry === undefined) return;
    const decoder = new TextDecoder();
    let rest = '';
    let number = 0;
    const hand = async (line: string) => {
      number += 1;
      if (number > LIMITS.lines) throw tooLarge(`${name} has too many lines`);
      if (line.trim() !== '') await take(line, number);
    };
    await extractEntry(entry, Number.MAX_SAFE_INTEGER, tooLarge, async (bytes) => {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LIMITS.line) throw tooLarge(`a line of ${name} is too long`);
      for (const line of lines) await hand(line);
    });
    await hand(rest + decoder.decode());
  }

  async close(): Promise<void> {
    await this.#zip.close().catch(() => {});
    await this.#file.close();
  }
}

interface Found {
  lists: Map<string, FileEntry>;
  audio: Map<string, FileEntry>;
}

async function findEntries(zip: ZipReader<string>, report: (problem: string) => void): Promise<Found> {
  const lists = new Map<string, FileEntry>();
  const audio = new Map<string, FileEntry>();
  let count = 0;
  for await (const entry of zip.getEntriesGenerator()) {
    count += 1;
    if (count > LIMITS.entries) throw tooLarge('it has too many entries');
    if (entry.directory) continue;
    const id = AUDIO_NAME.exec(entry.filename)?.[1];
    const name = JSON.stringify(entry.filename.slice(0, 200));
    if (entry.encrypted) report(`${name} is encrypted and is left out.`);
    else if (lists.has(entry.filename) || (id !== undefined && audio.has(id))) {
      report(`${name} is there twice; the first one is used.`);
    } else if (id !== undefined && Id.safeParse(id).success) audio.set(id, entry);
    else if (LISTS.includes(entry.filename)) lists.set(entry.filename, entry);
    else report(`${name} is not part of a project and is left out.`);
  }
  return { lists, audio };
}

/** Brings older manifests up to this version; there is none yet. */
async function readManifest(entry: FileEntry | undefined): Promise<Manifest> {
  if (entry === undefined) throw new Error(`there is no ${MANIFEST}`);
  const json: unknown = JSON.parse(await entryText(entry, LIMITS.manifest, tooLarge));
  if (AnyManifest.parse(json).version > PROJECT_FILE_VERSION) {
    throw fault('library_newer', 'This project file was written by a newer version of Timbre.', {
      kept: 'Nothing was changed.',
      todo: 'Update Timbre, then merge the file.',
    });
  }
  return Manifest.parse(json);
}

function tooLarge(what: string): FaultError {
  return fault('too_large', `This project file cannot be read: ${what}.`, { kept: 'What was merged before is kept.' });
}

function notAProject(thrown: unknown): FaultError {
  const said = thrown instanceof z.ZodError ? z.prettifyError(thrown) : thrown instanceof Error ? thrown.message : '';
  return fault('unsupported', 'This is not a project file of Timbre.', {
    kept: 'Nothing was changed.',
    todo: 'Choose a file that Timbre wrote.',
    said: said.slice(0, 500),
  });
}
