import type { ListeningMethod, TrialPlace } from '../schemas/listening.ts';

type Place = Pick<TrialPlace, 'place' | 'rated'>;

function named(places: readonly Place[], names: string): boolean {
  const own = places.map(({ place }) => place).toSorted();
  return own.join('') === names && places.every(({ rated }) => !rated);
}

/** Whether places are 1, 2, 3 and so on, all of them rated. */
function numbered(places: readonly Place[]): boolean {
  const own = new Set(places.filter(({ rated }) => rated).map(({ place }) => place));
  return places.length >= 2 && own.size === places.length && places.every((_, at) => own.has(String(at + 1)));
}

/** Whether the places of a trial are those of its method: which names they have, and what is rated. */
export function fitsMethod(method: ListeningMethod, places: readonly Place[]): boolean {
  switch (method) {
    case 'preference':
      return named(places, 'AB');
    case 'abx':
      return named(places, 'ABX');
    case 'rating':
      return numbered(places);
    case 'mushra': {
      const others = places.filter(({ place }) => place !== 'R');
      return (
        others.length === places.length - 1 && numbered(others) && places.some((one) => one.place === 'R' && !one.rated)
      );
    }
  }
}
