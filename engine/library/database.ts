import { backup, DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { beingMoved, storageFault } from './storage-fault.ts';

/** What a column can hold. */
export type SqlValue = string | number | Uint8Array | null;
/** A row as SQLite gives it: to be parsed before it is used. */
export type Row = Record<string, unknown>;

/** How long a statement waits for another process's write, in ms. Writes here take a few ms. */
const BUSY_TIMEOUT = 5000;
/** How long closing waits for other processes' statements to write the journal back, in ms. */
const CHECKPOINT_PATIENCE = 200;

/**
 * A connection to the library's database. Statements are prepared once and kept. Whatever SQLite throws comes out as a
 * FaultError.
 */
export class LibraryDatabase {
  #database: DatabaseSyncInstance;
  readonly #statements = new Map<string, StatementSyncInstance>();
  #frozen = false;
  #prepared = false;

  /** @throws FaultError not_writable, library_damaged */
  constructor(path: string) {
    this.#database = connect(path);
  }

  /**
   * Sets the connection up for writing. Not done at once, so that a file that is not a library is left as it is.
   */
  prepare(): void {
    // auto_vacuum only takes effect before the first table. FULL: a commit is on disk before it is reported.
    this.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    this.#prepared = true;
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values.map(whole)));
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(...values.map(whole)));
  }

  /** Runs a statement and gives the number of rows it changed. */
  run(sql: string, ...values: SqlValue[]): number {
    this.#refuseFrozen();
    return this.#guard(() => this.#statement(sql).run(...values.map(whole)).changes);
  }

  /** Runs statements that take no values and give no rows. */
  exec(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  /** The one number a query gives; 0 where it gives none. */
  number(sql: string, ...values: SqlValue[]): number {
    const row = this.get(sql, ...values);
    const value = row === undefined ? 0 : Object.values(row)[0];
    return typeof value === 'number' ? value : 0;
  }

  /** Does all of it or nothing. Within a transaction it joins that one. */
  transaction<T>(work: () => T): T {
    if (this.#database.isTransaction) return work();
    this.#refuseFrozen();
    // Taking the write lock at once avoids SQLITE_BUSY when a read turns into a write.
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (thrown) {
      // SQLite rolls back by itself on some errors (a full disk), and then there is nothing to roll back.
      if (this.#database.isTransaction) this.exec('ROLLBACK');
      throw storageFault(thrown);
    }
  }

  /** Refuses changes from now on, until it is thawed: for the moment in which a move copies the database. */
  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
  }

  /** Writes a consistent copy while the database stays in use. */
  async backup(target: string): Promise<void> {
    try {
      await backup(this.#database, target, { rate: 1000 });
    } catch (thrown) {
      throw storageFault(thrown);
    }
  }

  /** Goes on with another file. The new one is opened before the old one is closed. */
  switchTo(path: string): void {
    const next = connect(path);
    this.close();
    this.#database = next;
    this.prepare();
  }

  /**
   * Closes the connection, with everything in the main file. The package leaves finalising statements to the garbage
   * collector, so the empty journal and the file handle may stay a while longer.
   */
  close(): void {
    if (!this.#database.isOpen) return;
    this.#statements.clear();
    if (this.#prepared) this.#checkpoint();
    this.#database.close();
  }

  #checkpoint(): void {
    try {
      this.#database.exec(`PRAGMA busy_timeout = ${CHECKPOINT_PATIENCE}; PRAGMA wal_checkpoint(TRUNCATE)`);
    } catch {
      // The journal stays then, and the next one to open the library reads it.
    }
  }

  #refuseFrozen(): void {
    if (this.#frozen) throw beingMoved();
  }

  #statement(sql: string): StatementSyncInstance {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      throw storageFault(thrown);
    }
  }
}

/** The package ends a text at its first NUL; with U+FFFD in its place the rest is kept. */
function whole(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value;
}

function connect(path: string): DatabaseSyncInstance {
  try {
    return new DatabaseSync(path, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true });
  } catch (thrown) {
    throw storageFault(thrown);
  }
}
