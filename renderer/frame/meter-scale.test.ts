import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decibels, meterPart } from './meter-scale.ts';

describe('the scale of the meter', () => {
  it('runs from nothing at -60 dB and silence to its end at +3 dB', () => {
    expect(meterPart(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(meterPart(-60)).toBe(0);
    expect(meterPart(0)).toBeCloseTo(0.95);
    expect(meterPart(3)).toBe(1);
    expect(meterPart(20)).toBe(1);
  });

  it('never falls as the level rises', () => {
    const level = fc.double({ min: -80, max: 10, noNaN: true });
    fc.assert(
      fc.property(level, level, (a, b) => meterPart(Math.min(a, b)) <= meterPart(Math.max(a, b))),
      { seed: 3 },
    );
  });

  it('says a figure, or a dash where there is none', () => {
    expect([decibels(-18.26), decibels(0), decibels(null), decibels(Number.NEGATIVE_INFINITY)]).toEqual([
      '−18.3',
      '0.0',
      '–',
      '–',
    ]);
  });
});
