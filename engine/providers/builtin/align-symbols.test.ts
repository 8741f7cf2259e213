import { expect, it } from 'vitest';
import { alignSymbols } from './align-symbols.ts';

const COSTS = { left: (symbol: string) => (symbol === ' ' ? 0.4 : 0.8), other: () => 1 };
const owners = (spoken: string, ...parts: string[]) =>
  [
    ...alignSymbols(
      [...spoken],
      parts.map((part) => [...part]),
      COSTS,
    ),
  ]
    .map((part) => (part < 0 ? '-' : part))
    .join('');

it('gives each part what it reads like, joined or parted by spaces', () => {
  expect(owners('abc de', 'abc', 'de')).toBe('000-11');
  expect(owners('abcde', 'abc', 'de')).toBe('00011');
});

it('finds parts that sound otherwise among the others', () => {
  expect(owners('axc de', 'abc', 'de')).toBe('000-11');
  expect(owners('ac xe', 'abc', 'de')).toBe('00-11');
});

it('leaves what no part reads, and parts that are not spoken', () => {
  expect(owners('ab xyz cd', 'ab', 'cd')).toBe('00-----11');
  expect(owners('ab', 'ab', 'cd', 'ef')).toBe('00');
  expect(owners('', 'ab')).toBe('');
  expect(owners('ab')).toBe('--');
});
