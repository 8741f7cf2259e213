import { fault } from '../../shared/errors.ts';
import { MatchRunState } from '../../shared/schemas/match-run.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import type { Row } from './database.ts';
import type { Place } from './place.ts';

/** A run as it is kept: it goes on from here after a crash. Times are ms since the epoch. */
export interface StoredRun {
  id: string;
  mappingId: string;
  state: MatchRunState;
  /** JSON of the runner's own, to be parsed by it. */
  content: unknown;
  createdAt: number;
  updatedAt: number;
}

const SELECT = `SELECT id, mapping_id AS mappingId, state, content, created_at AS createdAt, updated_at AS updatedAt
  FROM mapping_runs`;

/** Runs of mappings: many voices one after the other. */
export class MappingRuns {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Keeps how far a run is, in place of what was kept under its id. @throws FaultError not_found without its mapping */
  store(id: string, mappingId: string, state: MatchRunState, content: unknown): StoredRun {
    const { database } = this.#place;
    return database.transaction(() => {
      // One that was removed may still be brought back, and its run with it.
      if (database.get('SELECT id FROM mappings WHERE id = ?', mappingId) === undefined) {
        throw fault('not_found', 'There is no such mapping.', { param: 'mappingId' });
      }
      const now = Date.now();
      database.run(
        `INSERT INTO mapping_runs (id, mapping_id, state, content, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, content = excluded.content,
           updated_at = excluded.updated_at`,
        id,
        mappingId,
        MatchRunState.parse(state),
        JSON.stringify(content ?? null),
        now,
        now,
      );
      const stored = this.one(id);
      if (stored === null) throw fault('internal', 'A run that was kept cannot be read.');
      return stored;
    });
  }

  /** Those of a mapping, the newest first. */
  all(mappingId: string): StoredRun[] {
    return this.#read('WHERE mapping_id = ? ORDER BY created_at DESC, id', mappingId);
  }

  /** One of them, or null. */
  one(id: string): StoredRun | null {
    return this.#read('WHERE id = ?', id)[0] ?? null;
  }

  /** Running and interrupted ones of every mapping that is there, the oldest first: nobody ended them. */
  unfinished(): StoredRun[] {
    return this.#read(`WHERE state IN ('running', 'interrupted') AND mapping_id IN (SELECT id FROM mappings
      WHERE deleted_at IS NULL AND project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL))
      ORDER BY created_at, id`);
  }

  #read(where: string, ...values: string[]): StoredRun[] {
    return this.#place.database.all(`${SELECT} ${where}`, ...values).flatMap((row) => this.#parse(row) ?? []);
  }

  #parse(row: Row): StoredRun | null {
    const state = MatchRunState.safeParse(row.state);
    const content = parseJson(String(row.content));
    if (!state.success || content === undefined) {
      this.#place.report(`The run ${String(row.id)} of a mapping cannot be read and is left out.`);
      return null;
    }
    return {
      id: String(row.id),
      mappingId: String(row.mappingId),
      state: state.data,
      content,
      createdAt: Number(row.createdAt),
      updatedAt: Number(row.updatedAt),
    };
  }
}
