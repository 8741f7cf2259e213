import { setImmediate as turn } from 'node:timers/promises';
import { fault } from '../../shared/errors.ts';
import type { ListeningAnswer, ListeningDraft, ListeningSessionState } from '../../shared/schemas/listening.ts';
import {
  type AnswerRecord,
  type PreparedTrial,
  StoredSession,
  StoredTrial,
} from '../../shared/schemas/listening-key.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import type { Row } from './database.ts';
import type { Place } from './place.ts';

const SESSION = `SELECT id, test_id AS testId, listener, state, seeds, guest, created_at AS createdAt, ended_at AS endedAt
  FROM listening_sessions`;
const TRIAL = `SELECT t.id, t.session_id AS sessionId, t.number AS "index", t.text, t.places, t.prepared, t.draft,
  t.shown_at AS shownAt, t.answered_at AS answeredAt, t.answer, t.record FROM listening_trials t`;

/** Trials that are read in one turn: some ms. */
const AT_ONCE = 16;

const asJson = (value: unknown) => (value === null ? null : JSON.stringify(value));

/** How far a session is. */
export interface SessionProgress {
  answered: number;
  of: number;
}

/** A trial as it is made. */
export type NewTrial = Pick<StoredTrial, 'id' | 'index' | 'text' | 'places'> & Partial<Pick<StoredTrial, 'prepared'>>;

/** What is kept of an answer. */
export interface KeptAnswer {
  answer: ListeningAnswer;
  record: AnswerRecord | null;
  answeredAt: number;
}

/** The runs of listeners, with every trial and answer. */
export class ListeningSessions {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Those of a test, the oldest first. */
  ofTest(testId: string): StoredSession[] {
    return this.#sessions(`${SESSION} WHERE test_id = ? ORDER BY created_at, id`, testId);
  }

  /** Those of tests that came in a file, the newest first. */
  guests(): StoredSession[] {
    return this.#sessions(`${SESSION} WHERE test_id IS NULL ORDER BY created_at DESC, id`);
  }

  /** One of them, or null. */
  one(id: string): StoredSession | null {
    return this.#sessions(`${SESSION} WHERE id = ?`, id)[0] ?? null;
  }

  /** Adds a session with all of its trials. */
  add(session: StoredSession, trials: readonly NewTrial[]): void {
    const { database } = this.#place;
    database.transaction(() => {
      database.run(
        `INSERT INTO listening_sessions (id, test_id, listener, state, seeds, guest, created_at, ended_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        session.id,
        session.testId,
        session.listener,
        session.state,
        asJson(session.seeds),
        asJson(session.guest),
        session.createdAt,
        session.endedAt,
      );
      for (const trial of trials) this.#addTrial(session.id, trial);
    });
  }

  /** Adds a session as it stood elsewhere, with all that was answered in it. */
  restore(session: StoredSession, trials: readonly StoredTrial[]): void {
    this.#place.database.transaction(() => {
      this.add(session, trials);
      for (const { id, draft, shownAt, answeredAt, answer, record } of trials) {
        if (shownAt !== null) this.storeShown(id, shownAt);
        if (draft) this.storeDraft(id, draft);
        if (answer && answeredAt !== null) this.storeAnswer(id, { answer, record, answeredAt });
      }
    });
  }

  setState(id: string, state: ListeningSessionState, endedAt: number | null): void {
    this.#place.database.run('UPDATE listening_sessions SET state = ?, ended_at = ? WHERE id = ?', state, endedAt, id);
  }

  remove(id: string): void {
    this.#place.database.run('DELETE FROM listening_sessions WHERE id = ?', id);
  }

  progress(id: string): SessionProgress {
    const count = 'SELECT count(*) FROM listening_trials WHERE session_id = ?';
    return {
      answered: this.#place.database.number(`${count} AND answered_at IS NOT NULL`, id),
      of: this.#place.database.number(count, id),
    };
  }

  /** All trials of a session in their order. */
  trials(sessionId: string): StoredTrial[] {
    const rows = this.#place.database.all(`${TRIAL} WHERE t.session_id = ? ORDER BY t.number`, sessionId);
    return rows.map((row) => this.#trial(row));
  }

  /** The same without holding others up: many answers take long to be read. What is read is what was there at first. */
  async trialsInTurns(sessionId: string): Promise<StoredTrial[]> {
    const rows = this.#place.database.all(`${TRIAL} WHERE t.session_id = ? ORDER BY t.number`, sessionId);
    const trials: StoredTrial[] = [];
    for (const [at, row] of rows.entries()) {
      if (at % AT_ONCE === 0) await turn();
      trials.push(this.#trial(row));
    }
    return trials;
  }

  trial(id: string): StoredTrial | null {
    const row = this.#place.database.get(`${TRIAL} WHERE t.id = ?`, id);
    return row === undefined ? null : this.#trial(row);
  }

  /** The trial that a stimulus belongs to. */
  trialOf(stimulus: string): StoredTrial | null {
    const sql = `${TRIAL} JOIN listening_stimuli s ON s.trial_id = t.id WHERE s.id = ?`;
    const row = this.#place.database.get(sql, stimulus);
    return row === undefined ? null : this.#trial(row);
  }

  /** The first trials that are not answered, in their order. */
  open(sessionId: string, most: number): StoredTrial[] {
    const sql = `${TRIAL} WHERE t.session_id = ? AND t.answered_at IS NULL ORDER BY t.number LIMIT ?`;
    return this.#place.database.all(sql, sessionId, most).map((row) => this.#trial(row));
  }

  storePrepared(trialId: string, prepared: PreparedTrial): void {
    this.#place.database.run('UPDATE listening_trials SET prepared = ? WHERE id = ?', asJson(prepared), trialId);
  }

  storeDraft(trialId: string, draft: ListeningDraft): void {
    const sql = 'UPDATE listening_trials SET draft = ? WHERE id = ? AND answered_at IS NULL';
    this.#place.database.run(sql, asJson(draft), trialId);
  }

  /** When it was shown for the first time. */
  storeShown(trialId: string, at: number): void {
    const sql = 'UPDATE listening_trials SET shown_at = ? WHERE id = ? AND shown_at IS NULL';
    this.#place.database.run(sql, at, trialId);
  }

  /** Stores an answer for good. Where there is one already, that stays. */
  storeAnswer(trialId: string, { answer, record, answeredAt }: KeptAnswer): void {
    const sql = `UPDATE listening_trials SET answer = ?, record = ?, answered_at = ?, draft = NULL
      WHERE id = ? AND answered_at IS NULL`;
    this.#place.database.run(sql, asJson(answer), asJson(record), answeredAt, trialId);
  }

  #addTrial(sessionId: string, { id, index, text, places, prepared = null }: NewTrial): void {
    const { database } = this.#place;
    database.run(
      'INSERT INTO listening_trials (id, session_id, number, text, places, prepared) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      sessionId,
      index,
      text,
      asJson(places),
      asJson(prepared),
    );
    for (const { stimulus } of places) {
      database.run('INSERT INTO listening_stimuli (id, trial_id) VALUES (?, ?)', stimulus, id);
    }
  }

  #sessions(sql: string, ...values: string[]): StoredSession[] {
    return this.#place.database.all(sql, ...values).flatMap((row) => {
      const parsed = StoredSession.safeParse({ ...row, seeds: json(row.seeds), guest: json(row.guest) });
      if (parsed.success) return [parsed.data];
      this.#place.report(`Listening session ${String(row.id)} cannot be read and is left out.`);
      return [];
    });
  }

  /** A trial that cannot be read must not be passed over: its session would go on with another count. */
  #trial(row: Row): StoredTrial {
    const { places, prepared, draft, answer, record } = row;
    const parsed = StoredTrial.safeParse({
      ...row,
      places: json(places),
      prepared: json(prepared),
      draft: json(draft),
      answer: json(answer),
      record: json(record),
    });
    if (parsed.success) return parsed.data;
    this.#place.report(`A trial of listening session ${String(row.sessionId)} cannot be read.`);
    throw fault('library_damaged', 'A trial of this listening session cannot be read.', {
      kept: 'The other trials and their answers are as they were.',
      todo: 'Start a new session.',
    });
  }
}

const json = (value: unknown) => (typeof value === 'string' ? parseJson(value) : null);
