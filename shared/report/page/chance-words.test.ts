import { expect, it } from 'vitest';
import { exactChance, pointsWords } from './chance-words.ts';

it('a chance is told with three digits, however small', () => {
  expect([1, 0.5, 0.03840001, 0.0001, 0.00009999, 1.234e-7, 0].map(exactChance)).toEqual([
    '1',
    '0.5',
    '0.0384',
    '0.0001',
    '1.00 × 10⁻⁴',
    '1.23 × 10⁻⁷',
    '0',
  ]);
  expect(pointsWords(-3.25)).toBe('−3.3');
});
