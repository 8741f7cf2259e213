import { expect, it } from 'vitest';
import { amountWords } from './amount-words.ts';

const plain = (amount: number, currency: string) => amountWords(amount, currency).replaceAll('\u00a0', ' ');

it('tells money with as many digits as it takes', () => {
  expect(plain(0.0042, 'USD')).toBe('$0.0042');
  expect(plain(1.2, 'USD')).toBe('$1.20');
  expect(plain(1234.5, 'EUR')).toBe('€1,234.50');
  expect(plain(0, 'USD')).toBe('free');
});

it('tells credits as what they are', () => {
  expect(plain(23, 'credits')).toBe('23 credits');
  expect(plain(1, 'credits')).toBe('1 credit');
  expect(plain(0.5, 'credits')).toBe('0.5 credits');
  expect(plain(0.01, 'credits')).toBe('under 0.1 credits');
  expect(plain(12_345.6, 'credits')).toBe('12,346 credits');
  expect(plain(3, 'minutes')).toBe('3 minutes');
  expect(plain(0, 'credits')).toBe('free');
});
