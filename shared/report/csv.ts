/** One value of a row. A figure is written as it is, with a point; nothing is an empty cell. */
export type CsvCell = string | number | boolean | null;

/**
 * What a spreadsheet takes for a formula, also behind blanks and in its full-width form (OWASP, “CSV Injection”). Only
 * text is looked at: a negative figure stays a figure.
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** A row of a CSV file with its end of line (RFC 4180): quoted where it must be, quotes doubled. */
export function csvLine(cells: readonly CsvCell[]): string {
  const quoted = cells.map((cell) => {
    const text = cellText(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(',')}\r\n`;
}

/** A time for other programs: ISO 8601 in UTC. @param milliseconds since the epoch */
export const csvTime = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

/** A figure with so many digits behind the point at most. */
export const csvFigure = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));
