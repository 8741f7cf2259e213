import type { z } from 'zod';
import { type FaultError, fault } from '../errors.ts';
import { parseJson } from '../text/parse-json.ts';
import type { MappingFile, MappingFileRow } from './mapping-file.ts';

/** What every fault of reading says: a file that cannot be read changes nothing. */
const KEPT = 'Nothing was changed.';

/** What was read from a file, whatever its format. */
export interface ReadMapping {
  /** What the file says of the mapping as a whole; null where its format has no place for that. */
  head: Omit<MappingFile, 'rows'> | null;
  rows: MappingFileRow[];
  /** Index in `rows` of the voice that speaks where none is named; null where the file names none. */
  defaultRow: number | null;
  /** What could not be read and was left out, each with the number of its line, in words. */
  problems: string[];
}

/** The fault of a file that cannot be used at all. @param said the detail, for a report */
export function unreadable(message: string, todo: string, said?: string): FaultError {
  return fault('invalid', message, { kept: KEPT, todo, ...(said === undefined ? {} : { said: said.slice(0, 500) }) });
}

/** The fault of a file with more rows than a mapping has. @param most how many one has */
export const tooManyRows = (most: number): FaultError =>
  fault('too_large', `The file has more than ${most} voices.`, { kept: KEPT, todo: 'Split it into several files.' });

/** A text without the byte order mark that some programs begin a file with. */
export const withoutMark = (text: string): string => text.replace(/^\ufeff/u, '');

/** The first thing that is wrong with a value, in words: its path and why. */
export function firstIssue({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? 'The whole' : `“${path}”`} is not right: ${issue?.message ?? 'it does not fit'}`;
}

/**
 * Reads a JSON file of ours.
 *
 * @param any its format with any version, read before anything else
 * @param schema its format with the version this program writes
 * @param what what it is called, with its article
 * @throws FaultError invalid; library_newer where a later version wrote it
 */
export function readJsonFile<Schema extends z.ZodType>(
  text: string,
  any: z.ZodType<{ version: number }>,
  schema: Schema,
  what: string,
): z.infer<Schema> {
  const json = parseJson(withoutMark(text));
  const todo = 'Choose a file that Timbre wrote.';
  if (json === undefined) throw unreadable('The file is not JSON.', todo);
  const known = any.safeParse(json);
  if (!known.success) throw unreadable(`The file is not ${what}.`, todo, firstIssue(known.error));
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  if (known.data.version > 1) {
    throw fault('library_newer', 'The file was written by a newer version of Timbre.', {
      kept: KEPT,
      todo: 'Update Timbre, then open the file.',
    });
  }
  throw unreadable(`Something in the file is damaged. ${firstIssue(parsed.error)}.`, 'Ask for the file once more.');
}
