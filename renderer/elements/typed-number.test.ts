import { describe, expect, it } from 'vitest';
import { typedNumber } from './typed-number.ts';

describe('typedNumber', () => {
  it.each([
    ['0.8', 0.8],
    ['.8', 0.8],
    ['0,8', 0.8],
    ['1.', 1],
    [' 1.25× ', 1.25],
    ['-4.5 dB', -4.5],
    ['−4.5 dB', -4.5],
    ['– 3 st', -3],
    ['+3', 3],
    ['-0', 0],
    ['100 %', 100],
  ])('reads %s', (text, value) => {
    expect(typedNumber(text)).toBe(value);
  });

  it.each(['', ' ', '-', '.', '1.0.8', '1,000.5', '1.00×0.8', 'fast', '1e3', '1 2', '٣'])('leaves %j alone', (text) => {
    expect(typedNumber(text)).toBeNull();
  });
});
