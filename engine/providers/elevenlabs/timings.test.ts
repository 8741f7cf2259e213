import { expect, it } from 'vitest';
import type { Alignment } from './answers.ts';
import { Timings } from './timings.ts';

const alignment = (characters: string, starts: number[], ends: number[]): Alignment => ({
  characters: [...characters],
  character_start_times_seconds: starts,
  character_end_times_seconds: ends,
});

it('puts pieces together whose times are of the whole stream', () => {
  const timings = new Timings();
  expect(timings.all).toBeNull();
  timings.add(alignment('ab', [0, 0.1], [0.1, 0.2]), 0);
  timings.add(alignment('cd', [0.2, 0.3], [0.3, 0.4]), 0.9);
  expect(timings.all).toEqual({
    characters: ['a', 'b', 'c', 'd'],
    starts: [0, 0.1, 0.2, 0.3],
    ends: [0.1, 0.2, 0.3, 0.4],
  });
});

it('moves times that begin anew with each piece to where its sound begins', () => {
  const timings = new Timings();
  timings.add(alignment('ab', [0, 0.5], [0.5, 1]), 0);
  timings.add(alignment('cd', [0, 0.5], [0.5, 1]), 1.2);
  timings.add(alignment('e', [0], [0.5]), null);
  expect(timings.all?.starts).toEqual([0, 0.5, 1.2, 1.7, 2.2]);
  expect(timings.all?.ends).toEqual([0.5, 1, 1.7, 2.2, 2.7]);
});

it('leaves out what has no time, so that its lists are equally long', () => {
  const timings = new Timings();
  timings.add(alignment('abc', [0, 0.1], [0.1, 0.2, 0.3]), 0);
  expect(timings.all).toEqual({ characters: ['a', 'b'], starts: [0, 0.1], ends: [0.1, 0.2] });
});
