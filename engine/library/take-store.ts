import { fault } from '../../shared/errors.ts';
import {
  type Measurements,
  type Take,
  type TakePage,
  type TakePatch,
  type TakeQuery,
  TakeView,
} from '../../shared/schemas/take.ts';
import { audioPath, samplesInFile } from './audio-files.ts';
import type { Row, SqlValue } from './database.ts';
import type { TakeAudio, TakeDraft } from './library.ts';
import type { Place } from './place.ts';
import { needProject } from './project-store.ts';
import { TAKE_ORDER, takeCondition } from './take-query.ts';
import { TAKE_COLUMNS, takeFromRow, takeToRow } from './take-rows.ts';

/** Most ids in one statement. */
const CHUNK = 500;

/** Takes as they are stored. */
export class TakeStore {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  take(id: string): Take | null {
    return this.#one('t.id = ? AND t.deleted_at IS NULL', id);
  }

  takes(query: TakeQuery): TakePage {
    const { database } = this.#place;
    const where = takeCondition(query);
    const total = database.number(`SELECT count(*) FROM takes t WHERE ${where.sql}`, ...where.values);
    // Sorting the numbers alone keeps texts and requests of all the other takes out of memory.
    const rows = database.all(
      `SELECT ${TAKE_COLUMNS} FROM (
         SELECT t.seq AS found FROM takes t WHERE ${where.sql} ORDER BY ${TAKE_ORDER[query.sort]} LIMIT ? OFFSET ?
       ) JOIN takes t ON t.seq = found ORDER BY ${TAKE_ORDER[query.sort]}`,
      ...where.values,
      query.limit,
      query.offset,
    );
    return { takes: rows.flatMap((row) => this.#parse(row) ?? []), total };
  }

  takeByKey(requestKey: string): Take | null {
    return this.#one(
      `t.request_key = ? AND t.state = 'done' AND t.deleted_at IS NULL
         AND t.project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)`,
      requestKey,
    );
  }

  addSharing(draft: TakeDraft, from: string): Take {
    const { database } = this.#place;
    const source = database.get(`SELECT audio_id, request_key, ${TAKE_COLUMNS} FROM takes t WHERE t.id = ?`, from);
    const parsed = source === undefined ? null : this.#parse(source);
    if (source === undefined || parsed === null) throw noTake();
    if (parsed.state === 'rendering') {
      throw fault('conflict', 'That take is still being made.', { todo: 'Try again when it is done.' });
    }
    const take: Take = {
      ...draft,
      answer: {},
      answeredBy: parsed.answeredBy,
      timed: parsed.timed,
      state: parsed.state,
      sampleRate: parsed.sampleRate,
      samples: parsed.samples,
      measurements: parsed.measurements,
      fault: parsed.fault,
      firstByteAt: parsed.firstByteAt,
      lastByteAt: parsed.lastByteAt,
    };
    this.insert(take, String(source.audio_id), { request_key: asText(source.request_key) });
    return this.known(draft.id);
  }

  /** Adds a take's row. Its audio must be there. */
  insert(take: Take, audioId: string, more: Record<string, SqlValue> = {}): void {
    const { database } = this.#place;
    if (database.get('SELECT id FROM projects WHERE id = ?', take.projectId) === undefined) {
      throw fault('not_found', 'There is no such project.', { param: 'projectId' });
    }
    if (database.get('SELECT id FROM takes WHERE id = ?', take.id) !== undefined) {
      throw takenId();
    }
    const row: Record<string, SqlValue> = { ...takeToRow(take), audio_id: audioId, ...more };
    const columns = Object.keys(row);
    database.run(
      `INSERT INTO takes (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ...Object.values(row),
    );
  }

  storeMeasurements(id: string, measurements: Measurements, view: TakeView): Take {
    const { database } = this.#place;
    database.transaction(() => {
      const audioId = this.audioId(id);
      database.run('INSERT OR REPLACE INTO audio_views (audio_id, view) VALUES (?, ?)', audioId, JSON.stringify(view));
      // What is measured belongs to the audio, so it goes for every take that shares it.
      database.run(
        'UPDATE takes SET measurements = ?, loudness = ? WHERE audio_id = ?',
        JSON.stringify(measurements),
        measurements.loudness,
        audioId,
      );
    });
    return this.known(id);
  }

  patch(id: string, patch: TakePatch): Take {
    const { database } = this.#place;
    const changes: Record<string, SqlValue> = { updated_at: Date.now() };
    if (patch.name !== undefined) changes.name = patch.name;
    if (patch.note !== undefined) changes.note = patch.note;
    if (patch.rating !== undefined) changes.rating = patch.rating;
    if (patch.projectId !== undefined) changes.project_id = patch.projectId;
    if (patch.projectId !== undefined) needProject(this.#place, patch.projectId);
    const sets = Object.keys(changes).map((column) => `${column} = ?`);
    const changed = database.run(
      `UPDATE takes SET ${sets.join(', ')} WHERE id = ? AND deleted_at IS NULL`,
      ...Object.values(changes),
      id,
    );
    if (changed === 0) throw noTake();
    return this.known(id);
  }

  remove(ids: string[]): number {
    return this.#mark(ids, 'deleted_at = ?', 'deleted_at IS NULL', [Date.now()]);
  }

  restore(ids: string[]): number {
    return this.#mark(ids, 'deleted_at = NULL', 'deleted_at IS NOT NULL', []);
  }

  audio(id: string): TakeAudio | null {
    const row = this.#place.database.get(
      `SELECT t.audio_id, t.state, a.sample_rate, a.samples FROM takes t JOIN audio a ON a.id = t.audio_id WHERE t.id = ?`,
      id,
    );
    if (row === undefined) return null;
    const path = audioPath(this.#place.home, String(row.audio_id));
    const there = samplesInFile(path);
    const samples = row.state === 'rendering' ? there : Math.min(there, Number(row.samples));
    return there === 0 ? null : { path, sampleRate: Number(row.sample_rate), samples };
  }

  view(id: string): TakeView | null {
    const row = this.#place.database.get(
      'SELECT v.view FROM takes t JOIN audio_views v ON v.audio_id = t.audio_id WHERE t.id = ?',
      id,
    );
    if (row === undefined) return null;
    try {
      return TakeView.parse(JSON.parse(String(row.view)));
    } catch {
      this.#place.report(`The picture of take ${id} cannot be read.`);
      return null;
    }
  }

  #mark(ids: string[], set: string, where: string, values: SqlValue[]): number {
    const { database } = this.#place;
    return database.transaction(() => {
      let count = 0;
      for (let from = 0; from < ids.length; from += CHUNK) {
        const some = ids.slice(from, from + CHUNK);
        count += database.run(
          `UPDATE takes SET ${set} WHERE ${where} AND id IN (SELECT value FROM json_each(?))`,
          ...values,
          JSON.stringify(some),
        );
      }
      return count;
    });
  }

  /** The audio of a take. @throws FaultError not_found */
  audioId(id: string): string {
    const row = this.#place.database.get('SELECT audio_id FROM takes WHERE id = ?', id);
    if (row === undefined) throw noTake();
    return String(row.audio_id);
  }

  #one(condition: string, value: string): Take | null {
    const row = this.#place.database.get(
      `SELECT ${TAKE_COLUMNS} FROM takes t WHERE ${condition} ORDER BY t.created_at DESC, t.seq DESC LIMIT 1`,
      value,
    );
    return row === undefined ? null : this.#parse(row);
  }

  /** A take, also a deleted one. @throws FaultError not_found */
  known(id: string): Take {
    const take = this.#one('t.id = ?', id);
    if (take === null) throw noTake();
    return take;
  }

  #parse(row: Row): Take | null {
    try {
      return takeFromRow(row);
    } catch {
      this.#place.report(`Take ${String(row.id)} cannot be read and is left out.`);
      return null;
    }
  }
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The fault of a take under an id that another one has. */
export function takenId() {
  return fault('conflict', 'There is already a take with this id.', { param: 'id' });
}

function noTake() {
  return fault('not_found', 'There is no such take.', { param: 'id' });
}
