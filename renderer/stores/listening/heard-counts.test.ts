import { expect, it } from 'vitest';
import { HeardCounts } from './heard-counts.ts';

it('seconds count for the stimulus that is heard while it is heard, and beginnings beside them', () => {
  let now = 10;
  const counts = new HeardCounts(() => now, { b: { plays: 2, seconds: 0.5 } });
  counts.begin('a');
  counts.turn('a');
  now = 10.75;
  counts.turn('a');
  expect(counts.of('a')).toEqual({ plays: 1, seconds: 0.75 });
  now = 11;
  counts.begin('b');
  counts.turn('b');
  now = 11.25;
  counts.turn(null);
  now = 20;
  counts.turn('a');
  expect(counts.all).toEqual({ a: { plays: 1, seconds: 1 }, b: { plays: 3, seconds: 0.75 } });
});
