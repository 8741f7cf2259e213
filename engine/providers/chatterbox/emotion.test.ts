import { expect, it } from 'vitest';
import { EXPRESSED, expressionOf, NEUTRAL_EXPRESSION, tagged } from './emotion.ts';

it('without intensity every emotion is neutral, in full it is the table’s, between them on a straight line', () => {
  for (const name of [...EXPRESSED, 'neutral', 'whispering'] as const) {
    expect(expressionOf({ name, intensity: 0 })).toEqual(NEUTRAL_EXPRESSION);
  }
  expect(expressionOf({ name: 'excited', intensity: 1 })).toEqual({
    exaggeration: 0.9,
    cfg_weight: 0.3,
    temperature: 1,
  });
  expect(expressionOf({ name: 'excited', intensity: 0.5 })).toEqual({
    exaggeration: 0.7,
    cfg_weight: 0.4,
    temperature: 0.9,
  });
  expect(expressionOf({ name: 'neutral', intensity: 1 })).toEqual(NEUTRAL_EXPRESSION);
});

it('stays within what every server takes', () => {
  for (const name of EXPRESSED) {
    for (const intensity of [0, 0.3, 0.7, 1]) {
      const { exaggeration, cfg_weight, temperature } = expressionOf({ name, intensity });
      expect(exaggeration).toBeGreaterThanOrEqual(0.25);
      expect(exaggeration).toBeLessThanOrEqual(2);
      expect(cfg_weight).toBeGreaterThanOrEqual(0.2);
      expect(cfg_weight).toBeLessThanOrEqual(1);
      expect(temperature).toBeGreaterThanOrEqual(0.05);
      expect(temperature).toBeLessThanOrEqual(1.5);
    }
  }
});

it('tags have no degrees', () => {
  expect(tagged('Hello.', { name: 'angry', intensity: 0.7 })).toBe('[angry] Hello.');
  expect(tagged('Hello.', { name: 'angry', intensity: 0.2 })).toBe('Hello.');
  expect(tagged('Hello.', { name: 'calm', intensity: 1 })).toBe('Hello.');
});
