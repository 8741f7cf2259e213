import { ZipWriter } from '@zip.js/zip.js';
import { audioPath, samplesInFile } from '../audio-files.ts';
import { COMPARISON_KIND, ComparisonStore } from '../comparison-store.ts';
import type { Row } from '../database.ts';
import { LISTENING_KIND, ListeningStore } from '../listening-store.ts';
import { MAPPING_KIND } from '../mapping-rows.ts';
import { MappingStore } from '../mapping-store.ts';
import type { Place } from '../place.ts';
import { PresetStore } from '../preset-store.ts';
import { ProjectStore, THE_SHELF } from '../project-store.ts';
import { blends } from '../small-stores.ts';
import { storageFault } from '../storage-fault.ts';
import { TAKE_COLUMNS, takeFromRow } from '../take-rows.ts';
import { FileReader } from './file-reader.ts';
import {
  audioEntry,
  BLENDS,
  COMPARISONS,
  LISTENING,
  MANIFEST,
  MAPPINGS,
  type Manifest,
  PRESETS,
  PROJECT_FILE_VERSION,
  TAKES,
  type TakeLine,
  TIMINGS,
  VIEWS,
} from './format.ts';
import { listeningLines } from './listening-lines.ts';
import { mappingLines } from './mapping-lines.ts';

/** Takes read from the database at once. */
const PAGE = 200;

/**
 * One file with everything of a project, made while it is read. Takes that are being made stay out, and deleted ones that
 * nothing needs.
 * Where the reader stops, writing stops; where writing fails, the stream breaks off.
 *
 * @throws FaultError not_found
 */
export function writeProject(place: Place, projectId: string): ReadableStream<Uint8Array> {
  const { id, name, createdAt } = new ProjectStore(place).get(projectId);
  const manifest: Manifest = {
    format: 'timbre.project',
    version: PROJECT_FILE_VERSION,
    project: { id, name, createdAt },
    writtenAt: Date.now(),
  };
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  place.working += 1;
  writeEntries(place, manifest, writable)
    .catch((thrown) => writable.abort(storageFault(thrown)).catch(() => {}))
    .finally(() => {
      place.working -= 1;
    });
  return readable;
}

async function writeEntries(place: Place, manifest: Manifest, to: WritableStream<Uint8Array>): Promise<void> {
  const zip = new ZipWriter(to, { useWebWorkers: false, level: 6 });
  const presets = new PresetStore(place).all(manifest.project.id);
  await zip.add(MANIFEST, textStream([JSON.stringify(manifest, null, 2)]));
  await zip.add(PRESETS, textStream([JSON.stringify(presets)]));
  const comparisons = new ComparisonStore(place).all(manifest.project.id);
  await zip.add(COMPARISONS, textStream([JSON.stringify(comparisons)]));
  await zip.add(MAPPINGS, textStream(mappingLines(place, manifest.project.id)));
  await zip.add(LISTENING, textStream(listeningLines(place, manifest.project.id)));
  await zip.add(BLENDS, textStream([JSON.stringify(usedBlends(place, manifest.project.id))]));
  const audio = new Set<string>();
  await zip.add(TAKES, textStream(takeLines(place, manifest.project.id, audio)));
  await zip.add(VIEWS, textStream(audioLines(place, audio, 'view', 'audio_views')));
  await zip.add(TIMINGS, textStream(audioLines(place, audio, 'timings', 'audio_timings')));
  for (const id of audio) {
    const file = new FileReader(audioPath(place.home, id));
    try {
      // Speech hardly shrinks by deflate; stored, it is written at the disk's speed.
      await zip.add(audioEntry(id), file, { level: 0 });
    } finally {
      await file.close();
    }
  }
  await zip.close();
}

/** Takes of a project, and those which its comparisons, mappings and tests keep: deleted, on the shelf, or of elsewhere. */
const WRITTEN = `t.state <> 'rendering' AND (t.project_id = ?1 AND t.deleted_at IS NULL OR t.id IN (
  SELECT r.take_id FROM take_references r JOIN comparisons c ON r.kind = '${COMPARISON_KIND}' AND r.ref_id = c.id
    WHERE c.project_id = ?1 AND c.deleted_at IS NULL
  UNION SELECT r.take_id FROM take_references r JOIN listening_tests l ON r.kind = '${LISTENING_KIND}' AND r.ref_id = l.id
    WHERE l.project_id = ?1 AND l.deleted_at IS NULL
  UNION SELECT r.take_id FROM take_references r JOIN mapping_rows w ON r.kind = '${MAPPING_KIND}' AND r.ref_id = w.id
    JOIN mappings m ON m.id = w.mapping_id
    WHERE m.project_id = ?1 AND m.deleted_at IS NULL AND w.deleted_at IS NULL))`;

/** The project's takes, each as a line of JSON. Adds the audio they have to `audio`. */
function* takeLines(place: Place, projectId: string, audio: Set<string>): Generator<string> {
  let after = 0;
  for (;;) {
    const rows = place.database.all(
      `SELECT t.seq, t.audio_id, t.updated_at, t.deleted_at, t.project_id IN (SELECT id FROM projects WHERE ${THE_SHELF})
         AS shelf, ${TAKE_COLUMNS} FROM takes t
       WHERE ${WRITTEN} AND t.seq > ?2 ORDER BY t.seq LIMIT ${PAGE}`,
      projectId,
      after,
    );
    for (const row of rows) {
      const line = takeLine(place, row);
      if (line === null) continue;
      if (line.audio !== null) audio.add(line.audio);
      yield `${JSON.stringify(line)}\n`;
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = Number(last.seq);
  }
}

function takeLine(place: Place, row: Row): TakeLine | null {
  try {
    const { state, ...take } = takeFromRow(row);
    if (state === 'rendering') return null;
    const id = String(row.audio_id);
    const audio = samplesInFile(audioPath(place.home, id)) > 0 ? id : null;
    const marks = { deleted: row.deleted_at !== null, shelf: row.shelf === 1 };
    return { take: { ...take, state }, audio, changedAt: Number(row.updated_at), ...marks };
  } catch {
    place.report(`Take ${String(row.id)} cannot be read and is left out.`);
    return null;
  }
}

/** What is kept with each audio in a column of a table, each as a line of JSON. */
function* audioLines(
  place: Place,
  audio: ReadonlySet<string>,
  column: 'view' | 'timings',
  table: 'audio_views' | 'audio_timings',
): Generator<string> {
  for (const id of audio) {
    const row = place.database.get(`SELECT ${column} FROM ${table} WHERE audio_id = ?`, id);
    if (row !== undefined) yield `{"audio":${JSON.stringify(id)},"${column}":${String(row[column])}}\n`;
  }
}

/** Blended voices that anything of the project speaks with; without them their voices are unknown elsewhere. */
function usedBlends(place: Place, projectId: string) {
  const rows = place.database.all(
    `SELECT voice_id FROM takes t WHERE ${WRITTEN} UNION SELECT voice_id FROM presets WHERE project_id = ?1`,
    projectId,
  );
  const mapped = new MappingStore(place).all(projectId).flatMap(({ rows }) => rows);
  const slots = [
    ...new ComparisonStore(place)
      .all(projectId)
      .flatMap((comparison) => [...comparison.slots, ...comparison.decisions.flatMap((decision) => decision.slots)]),
    ...new ListeningStore(place).tests(projectId).flatMap((test) => test.slots),
    ...mapped.flatMap(({ source, choice, proposal }) => [
      source,
      ...(choice ? [choice] : []),
      ...(proposal?.candidates ?? []),
    ]),
  ];
  const voices = [...rows.map((row) => String(row.voice_id)), ...slots.flatMap(({ voiceId }) => voiceId ?? [])];
  return blends(place).filter((blend) => voices.some((voice) => voice === blend.id || voice.endsWith(`:${blend.id}`)));
}

/** Pulls the pieces as the reader takes them. */
function textStream(pieces: Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const next = iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
}
