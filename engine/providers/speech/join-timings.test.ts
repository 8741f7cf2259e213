import { expect, it } from 'vitest';
import { joinTimings } from './join-timings.ts';

it('tells each part where it is heard in the whole', () => {
  const first = { characters: ['a', 'b'], starts: [0, 0.5], ends: [0.5, 1] };
  const second = { characters: ['c'], starts: [1], ends: [2] };
  expect(
    joinTimings([
      { timings: first, offset: 0 },
      { timings: null, offset: 1 },
      { timings: second, offset: 0.5 },
    ]),
  ).toEqual({ characters: ['a', 'b', 'c'], starts: [0, 0.5, 1.5], ends: [0.5, 1, 2.5] });
});

it('has none where none were told', () => {
  expect(joinTimings([{ timings: null, offset: 0 }])).toBeNull();
});
