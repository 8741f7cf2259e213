/** One record of a CSV text. */
export interface CsvRecord {
  /** Number of the line it begins in, from 1. */
  line: number;
  cells: string[];
  /** Why it cannot be trusted, in words; null where it is whole. */
  problem: string | null;
}

/** What a cell is made of: quoted, with doubled quotes in it, or up to the next separator. */
interface Cell {
  text: string;
  /** Index behind it. */
  end: number;
  problem: string | null;
}

/** Index of the next of some signs, or the end of the text. */
function next(text: string, from: number, signs: RegExp): number {
  signs.lastIndex = from;
  return signs.exec(text)?.index ?? text.length;
}

function quotedCell(text: string, from: number, ends: RegExp): Cell {
  let close = from;
  do {
    close = text.indexOf('"', close + 1);
    // A doubled quote is one that belongs to the text.
    if (text[close + 1] === '"' && close !== -1) close += 1;
    else break;
  } while (close !== -1);
  if (close === -1) {
    return { text: text.slice(from + 1), end: text.length, problem: 'a quotation mark in it is never closed' };
  }
  const end = next(text, close + 1, ends);
  const problem = end === close + 1 ? null : 'something stands behind a closing quotation mark';
  return { text: text.slice(from + 1, close).replaceAll('""', '"'), end, problem };
}

/** So many line ends are in a piece of text. */
const lineEnds = (text: string) => text.match(/\r\n|\r|\n/gu)?.length ?? 0;

/**
 * The records of a CSV text (RFC 4180), with any line ends. Records that are empty are passed over.
 *
 * @param text without a byte order mark
 * @param separator one character
 */
export function csvRecords(text: string, separator: string): CsvRecord[] {
  const ends = new RegExp(`[${separator}\\r\\n]`, 'gu');
  const records: CsvRecord[] = [];
  let record: CsvRecord = { line: 1, cells: [], problem: null };
  let line = 1;
  let at = 0;
  while (at < text.length || record.cells.length > 0) {
    const plainEnd = next(text, at, ends);
    const cell: Cell =
      text[at] === '"' ? quotedCell(text, at, ends) : { text: text.slice(at, plainEnd), end: plainEnd, problem: null };
    record.cells.push(cell.text);
    record.problem ??= cell.problem;
    line += lineEnds(text.slice(at, cell.end));
    at = cell.end + 1;
    if (text[cell.end] === separator) continue;
    if (text[cell.end] === '\r' && text[at] === '\n') at += 1;
    if (record.cells.some((content) => content !== '')) records.push(record);
    line += 1;
    record = { line, cells: [], problem: null };
  }
  return records;
}
