import { expect, it } from 'vitest';
import type { ListeningResults } from '../schemas/listening-results.ts';
import { orderEffects } from './order-effects.ts';

type Answer = ListeningResults['answers'][number];
type Place = { place: string; what: number; rated?: boolean };

const ids = new Map<string, string>();
const id = (name: string) => {
  const known = ids.get(name) ?? crypto.randomUUID();
  ids.set(name, known);
  return known;
};

function answer(session: string, places: Place[], given: Partial<Answer['answer']>): Answer {
  return {
    session: id(session),
    answer: { heard: {}, ...given },
    record: {
      method: 'abx',
      seeds: { texts: 1, places: 2 },
      index: 0,
      text: 0,
      places: places.map(({ place, what, rated = false }) => ({ place, what, rated, stimulus: id(place), noise: 1 })),
      equalLoudness: true,
      prepared: { gains: [], by: 'loudness', switching: 'word', samples: 48_000 },
      shownAt: 0,
      answeredAt: 1,
    },
  };
}

const results = (method: 'abx' | 'rating', answers: Answer[]) =>
  ({
    result: { method },
    answers,
    listeners: [
      { id: id('in'), left: null },
      { id: id('out'), left: 'left' },
    ],
  }) as unknown as ListeningResults;

const abx = (x: number) => [
  { place: 'A', what: 1 },
  { place: 'B', what: 0 },
  { place: 'X', what: x },
];

it('tells the part of right answers by where X was, of those who count', () => {
  const answers = [
    answer('in', abx(1), { choice: 'A' }),
    answer('in', abx(1), { choice: 'B' }),
    answer('in', abx(0), { choice: 'B' }),
    answer('out', abx(0), { choice: 'A' }),
  ];
  expect(orderEffects(results('abx', answers))).toEqual([
    { place: 'A', count: 2, value: 0.5 },
    { place: 'B', count: 1, value: 1 },
  ]);
});

it('tells mean ratings by place, in the order of the places', () => {
  const places = [
    { place: '10', what: 0, rated: true },
    { place: '2', what: 1, rated: true },
  ];
  const answers = [
    answer('in', places, { ratings: { [id('10')]: 80, [id('2')]: 20 } }),
    answer('in', places, { ratings: { [id('10')]: 60, [id('2')]: 30 } }),
  ];
  expect(orderEffects(results('rating', answers))).toEqual([
    { place: '2', count: 2, value: 25 },
    { place: '10', count: 2, value: 70 },
  ]);
});
