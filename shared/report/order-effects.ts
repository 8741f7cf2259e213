import { isHit } from '../listening/answered.ts';
import type { ListeningResults } from '../schemas/listening-results.ts';

/** What was answered about what stood at a place, whichever slot it was. */
export interface PlaceEffect {
  place: string;
  /** Answers behind it. */
  count: number;
  /** Mean rating 0-100, or the part of right answers 0-1. */
  value: number;
}

type Answer = ListeningResults['answers'][number];

function means(values: readonly (readonly [place: string, value: number])[]): PlaceEffect[] {
  return [...Map.groupBy(values, ([place]) => place)].map(([place, own]) => ({
    place,
    count: own.length,
    value: own.reduce((sum, [, value]) => sum + value, 0) / own.length,
  }));
}

function ratingsByPlace({ answer, record }: Answer): [string, number][] {
  return record.places.flatMap(({ place, stimulus }) => {
    const value = answer.ratings?.[stimulus];
    return value === undefined ? [] : [[place, value]];
  });
}

/** Which place X was the same as, and whether that was found. */
function hitByPlace(given: Answer): [string, number][] {
  const { places } = given.record;
  const x = places.find(({ place }) => place === 'X')?.what;
  const same = places.find(({ place, what }) => place !== 'X' && what === x);
  const hit = isHit(given);
  return same && hit !== null ? [[same.place, Number(hit)]] : [];
}

/**
 * Whether the place counted, of the listeners that count: mean ratings of what stood at each place, or, of an ABX, the part
 * of right answers where X was what stood there. Of a preference test the results themselves tell it.
 */
export function orderEffects({ result, answers, listeners }: ListeningResults): PlaceEffect[] {
  const counting = new Set(listeners.filter(({ left }) => left === null).map(({ id }) => id));
  const counted = answers.filter(({ session }) => counting.has(session));
  if (result.method === 'preference') return [];
  const effects = means(counted.flatMap(result.method === 'abx' ? hitByPlace : ratingsByPlace));
  return effects.toSorted((a, b) => a.place.localeCompare(b.place, 'en', { numeric: true }));
}
