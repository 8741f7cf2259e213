import { randomUUID } from 'node:crypto';
import { fault } from '../../shared/errors.ts';
import { ListeningTestInput } from '../../shared/schemas/listening.ts';
import { StoredTest } from '../../shared/schemas/listening-key.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import type { Row } from './database.ts';
import { GuestFiles } from './guest-files.ts';
import { ListeningSessions } from './listening-sessions.ts';
import type { Place } from './place.ts';
import { needProject } from './project-store.ts';
import { removeReferences, replaceReferences } from './references.ts';

/** Kind of the references by which a test keeps its takes. */
export const LISTENING_KIND = 'listening';

const SELECT = `SELECT id, project_id AS projectId, content, created_at AS createdAt, revealed_at AS revealedAt
  FROM listening_tests`;
const LIVE = 'deleted_at IS NULL AND project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)';

/** Blind listening tests with their key. A clean-up keeps the takes of those that are not removed. */
export class ListeningStore {
  readonly sessions: ListeningSessions;
  readonly files: GuestFiles;
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
    this.sessions = new ListeningSessions(place);
    this.files = new GuestFiles(place);
  }

  /** Those of a project, the newest first. */
  tests(projectId: string): StoredTest[] {
    const sql = `${SELECT} WHERE ${LIVE} AND project_id = ? ORDER BY created_at DESC, id`;
    return this.#place.database.all(sql, projectId).flatMap((row) => this.#parse(row) ?? []);
  }

  /** One of them, or null. */
  test(id: string): StoredTest | null {
    const row = this.#place.database.get(`${SELECT} WHERE ${LIVE} AND id = ?`, id);
    return row === undefined ? null : this.#parse(row);
  }

  /** @param studio what the studio does of each take, by its id */
  create(input: ListeningTestInput, studio: StoredTest['studio']): StoredTest {
    const parsed = ListeningTestInput.parse(input);
    return this.insert({ ...parsed, studio, id: randomUUID(), createdAt: Date.now(), revealedAt: null });
  }

  /** Adds a test as it stands: also one of whose takes some are gone. @throws FaultError not_found without its project */
  insert(test: StoredTest): StoredTest {
    const { database } = this.#place;
    const { id, projectId, createdAt, revealedAt, ...content } = test;
    needProject(this.#place, projectId);
    database.transaction(() => {
      database.run(
        'INSERT INTO listening_tests (id, project_id, content, created_at, revealed_at) VALUES (?, ?, ?, ?, ?)',
        id,
        projectId,
        JSON.stringify(content),
        createdAt,
        revealedAt,
      );
      this.#refer(test);
    });
    return test;
  }

  /** Ends a test: no more answers are taken, and what stood behind them may be seen. */
  reveal(id: string, at: number): void {
    const sql = 'UPDATE listening_tests SET revealed_at = ? WHERE id = ? AND revealed_at IS NULL';
    this.#place.database.run(sql, at, id);
  }

  remove(id: string): void {
    const { database } = this.#place;
    database.transaction(() => {
      const sql = 'UPDATE listening_tests SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL';
      if (database.run(sql, Date.now(), id) === 0) throw noTest();
      removeReferences(this.#place, LISTENING_KIND, id);
    });
  }

  restore(id: string): StoredTest {
    return this.#place.database.transaction(() => {
      if (this.#place.database.run('UPDATE listening_tests SET deleted_at = NULL WHERE id = ?', id) === 0) {
        throw noTest();
      }
      const known = this.test(id);
      if (known === null) throw noTest();
      this.#refer(known);
      return known;
    });
  }

  /** Does all of it or nothing. */
  transaction<T>(work: () => T): T {
    return this.#place.database.transaction(work);
  }

  /** Says which takes it needs. One that is gone for good is none of them. */
  #refer({ id, texts }: StoredTest): void {
    const needed = texts.flatMap(({ takes, reference }) => (reference ? [...takes, reference] : takes));
    replaceReferences(this.#place, LISTENING_KIND, id, needed);
  }

  #parse({ content, ...row }: Row): StoredTest | null {
    const stored = parseJson(String(content));
    const parsed = StoredTest.safeParse({ ...(typeof stored === 'object' ? stored : {}), ...row });
    if (parsed.success) return parsed.data;
    this.#place.report(`Listening test ${String(row.id)} cannot be read and is left out.`);
    return null;
  }
}

function noTest() {
  return fault('not_found', 'There is no such listening test.', { param: 'id' });
}
