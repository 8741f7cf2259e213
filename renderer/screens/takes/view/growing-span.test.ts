import { describe, expect, it } from 'vitest';
import { growingSpan } from './growing-span.ts';

describe('the part of a growing take that is shown', () => {
  it('is all of a short one from the beginning', () => {
    expect(growingSpan(8, 0.4, 0)).toEqual({ from: 0, seconds: 8 });
    expect(growingSpan(8, 8, 7.9)).toEqual({ from: 0, seconds: 8 });
  });

  it('has its beginning until what is heard comes near the edge, and then moves on with it', () => {
    expect(growingSpan(600, 40, 10)).toEqual({ from: 0, seconds: 24 });
    const { from, seconds } = growingSpan(600, 200, 100);
    expect((100 - from) / seconds).toBeCloseTo(0.7, 6);
  });

  it('moves on with what arrives where nothing is heard', () => {
    const { from, seconds } = growingSpan(600, 100, 0);
    expect((100 - from) / seconds).toBeCloseTo(0.7, 6);
  });

  it('never goes past the end', () => {
    for (const position of [0, 590, 600]) {
      const { from, seconds } = growingSpan(600, 600, position);
      expect(from + seconds).toBeLessThanOrEqual(600);
    }
  });
});
