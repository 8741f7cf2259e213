import { stat, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { LibrarySpace } from '../../shared/schemas/project.ts';
import { audioFolder, audioPath, BYTES_PER_SAMPLE } from './audio-files.ts';
import { COMPARISON_KIND } from './comparison-store.ts';
import { bytesUnder, diskFree, type FoundFile, filesUnder, INCOMING_FOLDER } from './files.ts';
import { GUEST_FOLDER, sessionOfFile } from './guest-files.ts';
import { DATABASE_FILE } from './home.ts';
import { LISTENING_KIND } from './listening-store.ts';
import { MAPPING_KIND } from './mapping-rows.ts';
import type { Place } from './place.ts';
import { THE_SHELF } from './project-store.ts';
import { beingMoved } from './storage-fault.ts';

/**
 * Takes (`t`) that a clean-up removes: deleted ones, those that were not finished and that nobody rated or wrote a note
 * on, and those on the shelf that were made before `?1`. Never one that something refers to.
 */
const FREEABLE = `t.state <> 'rendering'
  AND (t.deleted_at IS NOT NULL
    OR t.project_id IN (SELECT id FROM projects WHERE deleted_at IS NOT NULL)
    OR (t.state IN ('incomplete', 'failed') AND t.rating IS NULL AND t.note = '')
    OR (t.created_at < ?1 AND t.project_id IN (SELECT id FROM projects WHERE ${THE_SHELF})))
  AND NOT EXISTS (SELECT 1 FROM take_references r WHERE r.take_id = t.id)`;

/**
 * Takes on the shelf are left alone while they are younger, in ms: what looks for voices may still be on its way, and asks
 * for the same takes again.
 */
const SHELF_AGE = 14 * 24 * 60 * 60 * 1000;
const shelfBefore = () => Date.now() - SHELF_AGE;

/** Takes removed in one transaction: a few ms, so that nothing waits long. */
const BATCH = 200;
/** Pages given back to the system in one step. */
const PAGES = 1000;
/** Audio that no take knows is left alone while it is younger, in ms: somebody may just be bringing it in. */
const ORPHAN_AGE = 60 * 60 * 1000;

/** How much space the library uses, and how much of it a clean-up would free. */
export async function space(place: Place, modelFolder: string): Promise<LibrarySpace> {
  const { home, database } = place;
  const known = audioIds(place);
  let audioBytes = 0;
  let orphanBytes = 0;
  for await (const file of filesUnder(audioFolder(home))) {
    audioBytes += file.size;
    if (isOrphan(file, known)) orphanBytes += file.size;
  }
  audioBytes += await bytesUnder(join(home, GUEST_FOLDER));
  const samples = database.number(
    `SELECT coalesce(sum(a.samples), 0) FROM audio a WHERE NOT EXISTS
       (SELECT 1 FROM takes t WHERE t.audio_id = a.id AND NOT (${FREEABLE}))`,
    shelfBefore(),
  );
  return {
    home,
    audioBytes,
    databaseBytes: await databaseBytes(home),
    modelBytes: await bytesUnder(modelFolder),
    freeableBytes: samples * BYTES_PER_SAMPLE + orphanBytes,
    freeableTakes: database.number(`SELECT count(*) FROM takes t WHERE ${FREEABLE}`, shelfBefore()),
    diskFreeBytes: await diskFree(home),
  };
}

/** Removes for good what nothing needs any more. What a failure leaves is removed by the next clean-up. */
export async function cleanUp(place: Place): Promise<{ freedBytes: number; takes: number }> {
  if (place.moving) throw beingMoved();
  place.working += 1;
  try {
    return await free(place);
  } finally {
    place.working -= 1;
  }
}

async function free(place: Place): Promise<{ freedBytes: number; takes: number }> {
  removeDeleted(place);
  let freedBytes = 0;
  let takes = 0;
  for (;;) {
    const batch = removeBatch(place);
    if (batch.takes === 0) break;
    takes += batch.takes;
    for (const id of batch.audio) freedBytes += await removeFile(audioPath(place.home, id));
    await turn();
  }
  const known = audioIds(place);
  for await (const file of filesUnder(audioFolder(place.home))) {
    if (isOrphan(file, known)) freedBytes += await removeFile(file.path);
  }
  for await (const file of filesUnder(join(place.home, INCOMING_FOLDER))) {
    if (isOld(file)) await removeFile(file.path);
  }
  for await (const file of filesUnder(join(place.home, GUEST_FOLDER))) {
    if (isOld(file) && !isGuest(place, file)) freedBytes += await removeFile(file.path);
  }
  removeProjects(place);
  await shrink(place);
  return { freedBytes, takes };
}

/** Removes some takes, and names the audio that no take uses any more. */
function removeBatch({ database }: Place): { takes: number; audio: string[] } {
  return database.transaction(() => {
    const sql = `SELECT t.id, t.audio_id FROM takes t WHERE ${FREEABLE} LIMIT ${BATCH}`;
    const rows = database.all(sql, shelfBefore());
    const ids = JSON.stringify(rows.map((row) => row.id));
    const audioOf = JSON.stringify(rows.map((row) => row.audio_id));
    database.run('DELETE FROM takes WHERE id IN (SELECT value FROM json_each(?))', ids);
    const unused = `id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM takes WHERE audio_id = audio.id)`;
    const audio = database.all(`DELETE FROM audio WHERE ${unused} RETURNING id`, audioOf);
    return { takes: rows.length, audio: audio.map((row) => String(row.id)) };
  });
}

const GONE = 'deleted_at IS NOT NULL OR project_id IN (SELECT id FROM projects WHERE deleted_at IS NOT NULL)';

/** Tables of what may be deleted on its own: the kind by which its rows keep takes, and which of them are deleted. */
const DELETABLE = {
  presets: { kind: 'preset', gone: GONE },
  comparisons: { kind: COMPARISON_KIND, gone: GONE },
  listening_tests: { kind: LISTENING_KIND, gone: GONE },
  mapping_rows: {
    kind: MAPPING_KIND,
    gone: `deleted_at IS NOT NULL OR mapping_id IN (SELECT id FROM mappings WHERE ${GONE})`,
  },
} as const;

/** Removes what was deleted, or whose project was, with its hold on takes. */
function removeDeleted({ database }: Place): void {
  database.transaction(() => {
    for (const [table, { kind, gone }] of Object.entries(DELETABLE)) {
      const referrers = `SELECT id FROM ${table} WHERE ${gone}`;
      database.run(`DELETE FROM take_references WHERE kind = ? AND ref_id IN (${referrers})`, kind);
      database.run(`DELETE FROM ${table} WHERE ${gone}`);
    }
    // After their rows, which hold the takes.
    database.run(`DELETE FROM mappings WHERE ${GONE}`);
  });
}

/** Removes deleted projects, except those that hold a take something needs. */
function removeProjects({ database }: Place): void {
  database.run(
    `DELETE FROM projects WHERE deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM takes WHERE project_id = projects.id)`,
  );
}

/** Gives the database's free pages back to the system, some at a time. */
async function shrink({ database }: Place): Promise<void> {
  let free = database.number('PRAGMA freelist_count');
  while (free > 0) {
    database.exec(`PRAGMA incremental_vacuum(${PAGES})`);
    const left = database.number('PRAGMA freelist_count');
    if (left >= free) break;
    free = left;
    await turn();
  }
  database.exec('PRAGMA wal_checkpoint(PASSIVE)');
}

function audioIds({ database }: Place): Set<string> {
  return new Set(database.all('SELECT id FROM audio').map((row) => String(row.id)));
}

function isOrphan(file: FoundFile, known: ReadonlySet<string>): boolean {
  return !known.has(basename(file.name, '.pcm')) && isOld(file);
}

/** Whether it is the file of a session that is there. */
function isGuest({ database }: Place, { name }: FoundFile): boolean {
  return database.get('SELECT id FROM listening_sessions WHERE id = ?', sessionOfFile(name)) !== undefined;
}

const isOld = (file: FoundFile) => Date.now() - file.changedAt > ORPHAN_AGE;

/** Bytes freed; 0 where the file is gone or cannot be removed now. */
async function removeFile(path: string): Promise<number> {
  try {
    const { size } = await stat(path);
    await unlink(path);
    return size;
  } catch {
    return 0;
  }
}

async function databaseBytes(home: string): Promise<number> {
  let bytes = await bytesUnder(join(home, 'backups'));
  for (const suffix of ['', '-wal', '-shm']) {
    bytes += (await stat(join(home, `${DATABASE_FILE}${suffix}`)).catch(() => null))?.size ?? 0;
  }
  return bytes;
}
