import { expect, it } from 'vitest';
import { csvFigure, csvLine, csvTime } from './csv.ts';

it('quotes what would break a row, and doubles quotes', () => {
  expect(csvLine(['plain', 'a,b', 'say "hello"', 'two\nlines', '', null])).toBe(
    'plain,"a,b","say ""hello""","two\nlines",,\r\n',
  );
});

it('no text is taken for a formula, and every figure stays one', () => {
  const hostile = ['=1+1', '+1', '-cmd', '@SUM(A1)', '  =1', '\t=1', '\r=1', '＝1'];
  for (const text of hostile) {
    const cell = csvLine([text]).replace(/^"/, '');
    expect(cell.startsWith("'"), JSON.stringify(text)).toBe(true);
    expect(cell).toContain(text);
  }
  expect(csvLine(['a-b', 'x=1', -3.5, 0, true, false])).toBe('a-b,x=1,-3.5,0,yes,no\r\n');
});

it('figures are rounded, times are UTC, and what is not known is empty', () => {
  expect(csvFigure(-18.456, 2)).toBe(-18.46);
  expect(csvFigure(null, 2)).toBeNull();
  expect(csvTime(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(csvLine([csvTime(null), csvFigure(Number.NaN, 1)])).toBe(',\r\n');
});
