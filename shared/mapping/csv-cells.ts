import type { ParameterValue } from '../controls/controls.ts';
import { type CsvCell, csvLine } from '../report/csv.ts';

/** What stands before a text that a spreadsheet would take for a formula. */
const GUARD = "'";

/** Whether {@link csvLine} guards a text, looked at without the apostrophes it begins with. */
function isFormula(text: string): boolean {
  const bare = text.replace(/^'+/u, '');
  return csvLine([bare]).replace(/^"/u, '').startsWith(GUARD);
}

/**
 * A text as a cell that {@link textOf} reads back as it is. The apostrophe that guards a formula is put there by
 * {@link csvLine}; a text that begins with an apostrophe of its own and would look guarded gets one more.
 */
export const textCell = (text: string): string => (text.startsWith(GUARD) && isFormula(text) ? GUARD + text : text);

/** The text of a cell, without its guard. */
export const textOf = (cell: string): string => (cell.startsWith(GUARD) && isFormula(cell) ? cell.slice(1) : cell);

const NUMBER = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/iu;

/**
 * A figure from a cell; null where it is none. A decimal comma counts, too: spreadsheets of many languages write it.
 */
export function numberOf(cell: string): number | null {
  const text = cell.trim();
  return NUMBER.test(text) ? Number(text.replace(',', '.')) : null;
}

const SWITCH = /^\s*(?:true|false)\s*$/iu;

/** A parameter as a cell that {@link parameterOf} reads back: text that would be taken for another kind stands in quotes. */
export function parameterCell(value: ParameterValue | undefined): CsvCell {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return value;
  const mistaken = value === '' || value.startsWith('"') || SWITCH.test(value) || numberOf(value) !== null;
  return textCell(mistaken ? JSON.stringify(value) : value);
}

/** The parameter in a cell; undefined where the cell is empty. */
export function parameterOf(cell: string): ParameterValue | undefined {
  if (cell === '') return undefined;
  if (SWITCH.test(cell)) return cell.trim().toLowerCase() === 'true';
  const text = textOf(cell);
  return numberOf(cell) ?? (text.startsWith('"') ? unquoted(text) : text);
}

function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}
