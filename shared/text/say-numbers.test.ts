import { expect, it } from 'vitest';
import { sayEnglish } from './say-numbers.ts';

it.each([
  ['In 1984 and 1900, not in 2000', 'In 19 84 and 19 hundred, not in 2000'],
  ['the 1980s', 'the 19 80s'],
  ['in 1905', 'in 19 oh 5'],
  ['in 2026', 'in 20 26'],
  ['at 3:05 or 12:00 or 7:45', "at 3 oh 5 or 12 o'clock or 7 45"],
  ['pi is 3.14', 'pi is 3 point 1 4'],
  [
    '$1 and $2.50 and £1.01 and $3 million',
    '1 dollar and 2 dollars and 50 cents and 1 pound and 1 penny and 3 million dollars',
  ],
  ['1,234,567 people', '1234567 people'],
  ['pages 3-5', 'pages 3 to 5'],
  ['Dr. Who met Mr. Smith and Mrs. Jones', 'Doctor Who met Mister Smith and Missus Jones'],
  ['the U.S.A. team', 'the U-S-A team'],
  ['nothing to do here', 'nothing to do here'],
])('says %s', (written, said) => {
  expect(sayEnglish(written)).toBe(said);
});
