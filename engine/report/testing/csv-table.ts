/** Reads a CSV file (RFC 4180), as a program would that knows nothing of who wrote it. */
export function csvTable(text: string): { header: string[]; rows: string[][] } {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ',') {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (sign === '\r' && text[i + 1] === '\n') {
      rows.at(-1)?.push(cell);
      rows.push([]);
      cell = '';
      i += 1;
    } else cell += sign;
  }
  if (quoted || cell !== '' || rows.pop()?.length !== 0) throw new Error('The file does not end as one.');
  const [header = [], ...others] = rows;
  return { header, rows: others };
}
