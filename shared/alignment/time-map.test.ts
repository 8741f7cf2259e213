import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composedMap, invertedMap, mapTime, type TimeMap } from './time-map.ts';

const MAP: TimeMap = { from: [0, 1, 2], to: [0, 2, 2.5] };

/** Maps whose both sides rise. */
const rising = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 })), { minLength: 2, maxLength: 20 })
  .map((steps) => {
    const map: TimeMap = { from: [0], to: [0] };
    for (const [a, b] of steps) {
      map.from.push((map.from.at(-1) ?? 0) + a / 100);
      map.to.push((map.to.at(-1) ?? 0) + b / 100);
    }
    return map;
  });

describe('a map of times', () => {
  test.each([
    [0, 0],
    [0.5, 1],
    [1, 2],
    [1.5, 2.25],
    [2, 2.5],
    [-1, 0],
    [9, 2.5],
  ])('brings %f s to %f s', (time, expected) => {
    expect(mapTime(MAP, time)).toBeCloseTo(expected, 12);
  });

  test('the other way round brings every time back', () => {
    fc.assert(
      fc.property(rising, fc.double({ min: 0, max: 1, noNaN: true }), (map, part) => {
        const time = part * (map.from.at(-1) ?? 0);
        expect(mapTime(invertedMap(map), mapTime(map, time))).toBeCloseTo(time, 6);
      }),
    );
  });

  test('goes to the end of a stay where it is turned round', () => {
    expect(mapTime(invertedMap({ from: [0, 1, 2, 3], to: [0, 1, 1, 2] }), 1)).toBe(2);
  });

  test('after another one is both', () => {
    const both = composedMap(MAP, { from: [0, 2.5], to: [0, 5] });
    expect(mapTime(both, 0.5)).toBeCloseTo(2, 12);
    expect(mapTime(both, 2)).toBeCloseTo(5, 12);
  });

  test('of nothing leaves times as they are', () => {
    expect(mapTime({ from: [], to: [] }, 1.5)).toBe(1.5);
  });
});
