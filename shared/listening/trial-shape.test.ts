import { expect, it } from 'vitest';
import { ListeningMethod } from '../schemas/listening.ts';
import { plannedTrials } from './planned-trials.ts';
import { fitsMethod } from './trial-shape.ts';

const place = (name: string, rated = false) => ({ place: name, rated });

it.each(ListeningMethod.options)('the places of a %s are those that its trials have', (method) => {
  const counts = { method, texts: 2, trials: 3, rounds: 2, slots: method === 'rating' || method === 'mushra' ? 3 : 2 };
  const trials = plannedTrials(counts as Parameters<typeof plannedTrials>[0], { texts: 1, places: 2 });
  expect(trials.length).toBeGreaterThan(0);
  for (const { places } of trials) {
    expect(fitsMethod(method, places)).toBe(true);
    for (const other of ListeningMethod.options) if (other !== method) expect(fitsMethod(other, places)).toBe(false);
  }
});

it.each<[ListeningMethod, ReturnType<typeof place>[]]>([
  ['abx', [place('A'), place('A'), place('X')]],
  ['abx', [place('A', true), place('B'), place('X')]],
  ['preference', [place('A'), place('X')]],
  ['rating', [place('1'), place('2')]],
  ['rating', [place('1', true), place('3', true)]],
  ['rating', [place('1', true), place('1', true)]],
  ['mushra', [place('R', true), place('1', true), place('2', true)]],
  ['mushra', [place('1', true), place('2', true)]],
])('a %s with places %j is none', (method, places) => {
  expect(fitsMethod(method, places)).toBe(false);
});
