import { describe, expect, it } from 'vitest';
import { timeTicks } from './time-ticks.ts';

const labels = (from: number, to: number, perSecond: number) =>
  timeTicks(from, to, perSecond).flatMap(({ label }) => (label === null ? [] : [label]));

describe('the marks of a time axis', () => {
  it('are round numbers whatever the length', () => {
    expect(labels(0, 0.4, 2000)).toEqual([
      '0:00.00',
      '0:00.05',
      '0:00.10',
      '0:00.15',
      '0:00.20',
      '0:00.25',
      '0:00.30',
      '0:00.35',
      '0:00.40',
    ]);
    expect(labels(0, 0.9, 800)).toEqual([
      '0:00.0',
      '0:00.1',
      '0:00.2',
      '0:00.3',
      '0:00.4',
      '0:00.5',
      '0:00.6',
      '0:00.7',
      '0:00.8',
      '0:00.9',
    ]);
    expect(labels(0, 3.4, 240)).toEqual(['0:00.0', '0:00.5', '0:01.0', '0:01.5', '0:02.0', '0:02.5', '0:03.0']);
    expect(labels(0, 61, 13)).toEqual([
      '0:00',
      '0:05',
      '0:10',
      '0:15',
      '0:20',
      '0:25',
      '0:30',
      '0:35',
      '0:40',
      '0:45',
      '0:50',
      '0:55',
      '1:00',
    ]);
    expect(labels(0, 7200, 0.12)).toEqual([
      '0:00',
      '10:00',
      '20:00',
      '30:00',
      '40:00',
      '50:00',
      '60:00',
      '70:00',
      '80:00',
      '90:00',
      '100:00',
      '110:00',
      '120:00',
    ]);
  });

  it('leave room for their labels', () => {
    for (let perSecond = 0.02; perSecond < 3000; perSecond *= 1.17) {
      const labelled = timeTicks(0, 1500 / perSecond, perSecond).filter(({ label }) => label !== null);
      const gaps = labelled.slice(1).map(({ seconds }, i) => (seconds - (labelled[i]?.seconds ?? 0)) * perSecond);
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(64 - 1e-6);
    }
  });

  it('are those in view only, where a part is shown', () => {
    const ticks = timeTicks(3000.02, 3000.4, 1200);
    expect(ticks[0]?.seconds).toBeCloseTo(3000.02, 9);
    expect(ticks.at(-1)?.seconds).toBeCloseTo(3000.4, 9);
    expect(ticks.length).toBeLessThan(50);
    expect(ticks.filter(({ label }) => label !== null).map(({ label }) => label)).toEqual([
      '50:00.1',
      '50:00.2',
      '50:00.3',
      '50:00.4',
    ]);
  });
});
