import type { TakeQuery, TakeSort } from '../../shared/schemas/take.ts';
import type { SqlValue } from './database.ts';
import { A_PROJECT } from './project-store.ts';

/** A condition on takes (`t`), and the values of its question marks. */
export interface Condition {
  sql: string;
  values: SqlValue[];
}

/** Order of each sort. The newest of equals comes first; what has no value comes last. */
export const TAKE_ORDER: Record<TakeSort, string> = {
  newest: 't.created_at DESC, t.seq DESC',
  oldest: 't.created_at, t.seq',
  rating: 't.rating DESC NULLS LAST, t.created_at DESC, t.seq DESC',
  duration: 't.samples * 1.0 / t.sample_rate DESC, t.created_at DESC, t.seq DESC',
  loudness: 't.loudness DESC NULLS LAST, t.created_at DESC, t.seq DESC',
  voice: 't.voice_name COLLATE NOCASE, t.created_at DESC, t.seq DESC',
  name: "t.name = '', t.name COLLATE NOCASE, t.created_at DESC, t.seq DESC",
};

/** Columns that are searched. */
const SEARCHED = ['t.text', 't.name', 't.note', 't.voice_name'];
/** The index knows pieces of three characters and more. */
const SHORTEST_INDEXED = 3;

/**
 * The condition that a query's filters and search make. Deleted takes and those of deleted projects never match; those on
 * the shelf only where its id is asked for.
 */
export function takeCondition(query: TakeQuery): Condition {
  const parts: Condition[] = [{ sql: 't.deleted_at IS NULL', values: [] }];
  const equals = (column: string, value: string | undefined) => {
    if (value !== undefined) parts.push({ sql: `t.${column} = ?`, values: [value] });
  };
  equals('project_id', query.projectId);
  const shown = query.projectId === undefined ? `deleted_at IS NULL AND ${A_PROJECT}` : 'deleted_at IS NULL';
  parts.push({ sql: `t.project_id IN (SELECT id FROM projects WHERE ${shown})`, values: [] });
  equals('voice_id', query.voiceId);
  equals('provider', query.provider);
  equals('state', query.state);
  if (query.minRating !== undefined) parts.push({ sql: 't.rating >= ?', values: [query.minRating] });
  parts.push(...searchConditions(query.search));
  return { sql: parts.map((part) => part.sql).join(' AND '), values: parts.flatMap((part) => part.values) };
}

/** Every word of a search must be found, each in any of the searched columns, also within a word. */
function searchConditions(search: string): Condition[] {
  const words = search.normalize('NFC').split(/\s+/u).filter(Boolean);
  const indexed = words.filter((word) => [...word].length >= SHORTEST_INDEXED);
  const short = words.filter((word) => [...word].length < SHORTEST_INDEXED);
  const conditions = short.map(containsShort);
  if (indexed.length > 0) {
    // In double quotes a word is taken literally, https://sqlite.org/fts5.html#fts5_strings
    const match = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
    conditions.push({
      sql: 't.seq IN (SELECT rowid FROM takes_search WHERE takes_search MATCH ?)',
      values: [match],
    });
  }
  return conditions;
}

function containsShort(word: string): Condition {
  // LIKE folds the case of ASCII alone; other letters are tried as they stand and in both cases.
  const forms = [...new Set([word, word.toLowerCase(), word.toUpperCase()])];
  const patterns = forms.map((form) => `%${form.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
  const tests = SEARCHED.flatMap((column) => patterns.map(() => `${column} LIKE ? ESCAPE '\\'`));
  return { sql: `(${tests.join(' OR ')})`, values: SEARCHED.flatMap(() => patterns) };
}
