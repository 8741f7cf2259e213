import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepped } from './stepped.ts';

const SPEED = { min: 0.5, max: 2, step: 0.01 };

describe('a value that can be set', () => {
  it('is free of float dust and of minus zero', () => {
    expect(stepped(1.1 + 0.01 + 0.01, SPEED)).toBe(1.12);
    expect(Object.is(stepped(-0.04, { min: -12, max: 12, step: 0.1 }), 0)).toBe(true);
  });

  it('stays inside the range, on a step, and does not move again', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (value) => {
        const once = stepped(value, SPEED);
        expect(once).toBeGreaterThanOrEqual(SPEED.min);
        expect(once).toBeLessThanOrEqual(SPEED.max);
        expect(once).toBe(Number(once.toFixed(2)));
        expect(stepped(once, SPEED)).toBe(once);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
