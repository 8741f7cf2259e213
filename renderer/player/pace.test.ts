import { describe, expect, test } from 'vitest';
import { seeded } from '../../shared/seeded.ts';
import { ArrivalMeter, PaceMemory } from './pace.ts';

/** Arrivals of a source at `pace` times real time whose pieces are up to `jitter` s late. */
function arrivals(pace: number, jitter: number, seconds: number, seed: number): { at: number; length: number }[] {
  const random = seeded(seed);
  const pieces: { at: number; length: number }[] = [];
  for (let sent = 0; sent < seconds; sent += 0.05) {
    const at = Math.max(pieces.at(-1)?.at ?? 0, sent / pace + random() * jitter);
    pieces.push({ at, length: 0.05 });
  }
  return pieces;
}

function measured(pieces: { at: number; length: number }[]): ArrivalMeter {
  const meter = new ArrivalMeter();
  for (const { at, length } of pieces) meter.push(at, length);
  return meter;
}

/** Times that playing runs dry when it begins once `prebuffer` seconds are there. */
function underruns(pieces: { at: number; length: number }[], prebuffer: number): number {
  let there = 0;
  let began: number | null = null;
  let dry = 0;
  for (const { at, length } of pieces) {
    if (began !== null && at - began > there) dry += 1;
    there += length;
    if (began === null && there >= prebuffer) began = at;
  }
  return dry;
}

describe('the jitter buffer', () => {
  test('is small for a provider not heard before', () => {
    expect(new PaceMemory().prebuffer('new', 1, null)).toBeLessThanOrEqual(0.06);
  });

  test('is nothing for one that is faster than real time', () => {
    const pace = new PaceMemory();
    pace.learn('quick', measured(arrivals(2, 0.01, 10, 1)));
    expect(pace.prebuffer('quick', 1, null)).toBe(0);
  });

  test.each([1, 2, 3, 4, 5])('after one take at real time with ±100 ms, lasts ten minutes (seed %i)', (seed) => {
    const pace = new PaceMemory();
    pace.learn('live', measured(arrivals(1, 0.2, 10, seed)));
    const prebuffer = pace.prebuffer('live', 1, null);
    expect(underruns(arrivals(1, 0.2, 600, seed + 100), prebuffer)).toBe(0);
    expect(underruns(arrivals(1, 0.2, 600, seed + 100), 0.05)).toBeGreaterThan(0);
    expect(prebuffer).toBeLessThan(0.4);
  });

  test('grows with the length of the take where the source is too slow', () => {
    const pace = new PaceMemory();
    pace.learn('slow', measured(arrivals(0.8, 0.02, 10, 3)));
    const prebuffer = pace.prebuffer('slow', 1, 20);
    expect(prebuffer).toBeGreaterThan(4);
    expect(underruns(arrivals(0.8, 0.02, 20, 9), prebuffer)).toBe(0);
    expect(pace.prebuffer('slow', 1, 2)).toBeLessThan(1);
  });

  test('grows where playing is faster than the source', () => {
    const pace = new PaceMemory();
    pace.learn('live', measured(arrivals(1.2, 0, 10, 3)));
    expect(pace.prebuffer('live', 1, 10)).toBe(0);
    expect(pace.prebuffer('live', 2, 10)).toBeGreaterThan(1.5);
  });

  test('is kept over a restart, and follows a provider that gets better', () => {
    const pace = new PaceMemory();
    pace.learn('a', measured(arrivals(1, 0.4, 10, 1)));
    const kept = new PaceMemory(pace.export());
    expect(kept.prebuffer('a', 1, null)).toBe(pace.prebuffer('a', 1, null));
    for (let take = 0; take < 8; take += 1) kept.learn('a', measured(arrivals(3, 0, 5, take)));
    expect(kept.prebuffer('a', 1, null)).toBe(0);
  });
});
