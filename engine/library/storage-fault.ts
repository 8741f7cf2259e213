import { z } from 'zod';
import { FaultError, fault } from '../../shared/errors.ts';

/** What Node and SQLite put on the errors they throw. */
const SystemError = z.object({
  message: z.string().default(''),
  /** errno name, for example `ENOSPC`; `ERR_SQLITE_ERROR` for SQLite's. */
  code: z.string().optional(),
  /** Extended SQLite result code, https://sqlite.org/rescode.html */
  sqliteExtendedCode: z.number().int().optional(),
  path: z.string().optional(),
});

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const NOT_WRITABLE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'ENOENT',
  'EIO',
  'ENOTSUP',
  'ENAMETOOLONG',
  'ELOOP',
]);

// Primary result codes (the low byte) and two extended ones, https://sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;
const SQLITE_IOERR_SHMSIZE = 4874;

const KEPT = 'Everything stored before is safe.';

/** The primary SQLite result code of an error, or null where SQLite did not throw it. */
export function sqliteCode(thrown: unknown): number | null {
  const parsed = SystemError.safeParse(errorFields(thrown));
  const code = parsed.success ? parsed.data.sqliteExtendedCode : undefined;
  return code === undefined ? null : code & 0xff;
}

/** True where another connection holds the lock that was asked for. */
export function isLocked(thrown: unknown): boolean {
  const code = sqliteCode(thrown);
  return code === SQLITE_BUSY || code === SQLITE_LOCKED;
}

/**
 * Turns what the file system or SQLite threw into words for a person.
 *
 * @param kept what is safe all the same; by default what was stored before
 */
export function storageFault(thrown: unknown, kept: string = KEPT): FaultError {
  if (thrown instanceof FaultError) return thrown;
  const parsed = SystemError.safeParse(errorFields(thrown));
  const error = parsed.success ? parsed.data : { message: String(thrown) };
  const more = { kept, said: error.message.slice(0, 500) };
  if (error.code !== undefined && DISK_FULL.has(error.code)) return diskFull(thrown, more);
  if (error.code !== undefined && NOT_WRITABLE.has(error.code)) return notWritable(thrown, more, error.path);
  const extended = error.sqliteExtendedCode;
  if (extended === SQLITE_IOERR_SHMSIZE) return diskFull(thrown, more);
  switch (extended === undefined ? null : extended & 0xff) {
    case SQLITE_FULL:
      return diskFull(thrown, more);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return notWritable(thrown, more);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return damaged('The library’s database is damaged.', thrown);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return withCause(
        fault('busy', 'Another program is writing to the library.', { ...more, todo: 'Try again in a moment.' }),
        thrown,
      );
    case SQLITE_CONSTRAINT:
      return withCause(fault('conflict', 'That does not fit what is already in the library.', more), thrown);
    default:
      return withCause(fault('internal', 'The library could not do that.', more), thrown);
  }
}

/** The fault of a database that cannot be read. Nothing is ever overwritten then. */
export function damaged(message: string, cause?: unknown): FaultError {
  return withCause(
    fault('library_damaged', message, {
      kept: 'Nothing was changed. The audio is untouched in the folder “audio” of the library.',
      todo: 'Rename library.sqlite, then put the newest file of the folder “backups” in its place, or start anew and merge a project file.',
      ...(cause instanceof Error ? { said: cause.message.slice(0, 500) } : {}),
    }),
    cause,
  );
}

/** The fault of a change that is asked for while the library is on the move. */
export function beingMoved(): FaultError {
  return fault('conflict', 'The library is being moved.', {
    kept: 'Every take is safe.',
    todo: 'Try again when the move is done.',
  });
}

/** The fault of a library whose folder was removed, or its disk taken away, while it was open. */
export function folderGone(home: string): FaultError {
  return fault('not_writable', `The library’s folder is not there any more (${home}).`, {
    kept: 'Voices can still be heard; takes are not kept.',
    todo: 'Bring the folder or its disk back, then start Timbre again.',
  });
}

function diskFull(thrown: unknown, more: { kept: string; said: string }): FaultError {
  return withCause(
    fault('disk_full', 'The disk that holds the library is full.', {
      ...more,
      todo: 'Free some space, clean up the library, or move it to another disk.',
    }),
    thrown,
  );
}

function notWritable(thrown: unknown, more: { kept: string; said: string }, path?: string): FaultError {
  return withCause(
    fault('not_writable', `The library’s folder cannot be written${path === undefined ? '' : ` (${path})`}.`, {
      ...more,
      todo: 'Give yourself the right to write there, or choose another folder with TIMBRE_HOME.',
    }),
    thrown,
  );
}

function withCause(error: FaultError, cause: unknown): FaultError {
  error.cause = cause;
  return error;
}

function errorFields(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  return { ...thrown, message: thrown.message };
}
