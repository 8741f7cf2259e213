import { type FileEntry, ZipReader } from '@zip.js/zip.js';
import { z } from 'zod';
import { type FaultError, fault } from '../../../shared/errors.ts';
import { stimulusBytes } from '../../../shared/listening/stimulus-body.ts';
import { fitsMethod } from '../../../shared/listening/trial-shape.ts';
import { MOST_PLACES, MOST_TRIALS } from '../../../shared/schemas/listening.ts';
import {
  AnyListeningManifest,
  LISTENING_FILE_VERSION,
  LISTENING_MANIFEST,
  ListeningManifest,
  stimulusEntry,
} from '../../../shared/schemas/listening-file.ts';
import { entryText, extractEntry } from '../../library/extract-entry.ts';
import { FileReader } from '../../library/project-file/file-reader.ts';

/** Most bytes of a listening-test file. */
export const FILE_LIMIT = 2 * 1024 ** 3;
/** Most bytes of its manifest: 200 texts of 100,000 characters. */
const MANIFEST_LIMIT = 64 * 1024 ** 2;
/** Names that entries may have; none of them is ever a path. */
const NAME = new RegExp(`^(?:${LISTENING_MANIFEST.replace('.', '\\.')}|stimuli/[0-9a-f-]{36}\\.bin)$`);
const MOST_ENTRIES = MOST_TRIALS * MOST_PLACES + 1;
const KEPT = 'Nothing was changed.';

/** The fault of a file that is larger than any test. */
export const fileTooLarge = (what: string): FaultError =>
  fault('too_large', `This listening test cannot be opened: ${what}.`, { kept: KEPT });

function notATest(thrown: unknown): FaultError {
  const said = thrown instanceof z.ZodError ? z.prettifyError(thrown) : thrown instanceof Error ? thrown.message : '';
  return fault('unsupported', 'This is not a listening test of Timbre, or it is not whole.', {
    kept: KEPT,
    todo: 'Ask for the file once more.',
    said: said.slice(0, 500),
  });
}

type Entries = ReadonlyMap<string, FileEntry>;

/** Opens a file, hands its entries on, and closes it again. @throws FaultError unsupported, too_large */
async function withEntries<T>(path: string, use: (entries: Entries) => Promise<T>): Promise<T> {
  const file = new FileReader(path);
  const zip = new ZipReader(file, { useWebWorkers: false, checkOverlappingEntry: true });
  try {
    const entries = new Map<string, FileEntry>();
    for await (const entry of zip.getEntriesGenerator()) {
      if (entries.size >= MOST_ENTRIES) throw fileTooLarge('it has too many entries');
      const { filename, directory, encrypted } = entry;
      if (directory || encrypted || !NAME.test(filename) || entries.has(filename)) {
        throw new Error('there is something in it that is no part of a test');
      }
      entries.set(entry.filename, entry);
    }
    return await use(entries);
  } catch (thrown) {
    throw thrown instanceof Error && 'fault' in thrown ? thrown : notATest(thrown);
  } finally {
    await zip.close().catch(() => undefined);
    await file.close();
  }
}

async function readManifest(entries: Entries): Promise<ListeningManifest> {
  const entry = entries.get(LISTENING_MANIFEST);
  if (!entry) throw new Error(`there is no ${LISTENING_MANIFEST}`);
  const json: unknown = JSON.parse(await entryText(entry, MANIFEST_LIMIT, fileTooLarge));
  if (AnyListeningManifest.parse(json).version > LISTENING_FILE_VERSION) {
    throw fault('library_newer', 'This listening test was written by a newer version of Timbre.', {
      kept: KEPT,
      todo: 'Update Timbre, then open the file.',
    });
  }
  return ListeningManifest.parse(json);
}

/** Every stimulus must be there once, as long as its trial says, and nothing else. */
function checkEntries(entries: Entries, { method, trials, texts }: ListeningManifest): void {
  if (!trials.every(({ places }) => fitsMethod(method, places))) throw new Error('a trial is not one of its method');
  const expected = new Map(
    trials.flatMap(({ places, samples }) =>
      places.map(({ stimulus }) => [stimulusEntry(stimulus), stimulusBytes(samples)] as const),
    ),
  );
  const places = trials.reduce((sum, trial) => sum + trial.places.length, 0);
  const ids = new Set(trials.map(({ id }) => id));
  if (expected.size !== places || ids.size !== trials.length) throw new Error('an id is there twice');
  if (texts.length > 0 && trials.some(({ text }) => text >= texts.length)) throw new Error('a text is missing');
  let total = 0;
  for (const [name, bytes] of expected) {
    const entry = entries.get(name);
    // They are stored as they are: a few packed bytes must not become gigabytes.
    if (entry?.uncompressedSize !== bytes || entry.compressedSize !== bytes)
      throw new Error(`${name} is missing or not as long as it should be`);
    total += bytes;
  }
  if (total > FILE_LIMIT) throw fileTooLarge('its sounds are too large');
  if (entries.size !== expected.size + 1) throw new Error('there is something in it that is no part of a test');
}

/**
 * Reads what a file is, and that all of its sounds are whole. Names in it never become paths, and nothing is unpacked.
 *
 * @throws FaultError unsupported, too_large, library_newer
 */
export function checkFile(path: string): Promise<ListeningManifest> {
  return withEntries(path, async (entries) => {
    const manifest = await readManifest(entries);
    checkEntries(entries, manifest);
    for (const [name, entry] of entries) {
      if (name !== LISTENING_MANIFEST) await extractEntry(entry, entry.uncompressedSize, fileTooLarge, async () => {});
    }
    return manifest;
  });
}

/** The bytes of a stimulus. @param bytes how many there are @throws FaultError unsupported, too_large */
export function readFileStimulus(path: string, stimulus: string, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return withEntries(path, async (entries) => {
    const entry = entries.get(stimulusEntry(stimulus));
    if (entry?.uncompressedSize !== bytes) throw new Error('a sound is missing');
    const all = new Uint8Array(bytes);
    let at = 0;
    await extractEntry(entry, bytes, fileTooLarge, async (piece) => {
      all.set(piece, at);
      at += piece.length;
    });
    return all;
  });
}
