import type { ParameterSpec } from '../controls/controls.ts';
import { fitting } from './expression-curves.ts';

/** What is asked of a search. */
export interface SearchTask {
  /** The parameters that may be moved; numbers with a range. */
  specs: readonly ParameterSpec[];
  /** Where it begins; what is not named begins as the model says. */
  start: Readonly<Record<string, number>>;
  /** Most times that something is tried, the start among them. */
  budget: number;
  /** How far off values are, the less the better; Infinity where they cannot be tried. */
  distance(values: Record<string, number>): Promise<number>;
  /** Ends it; what was best so far counts. */
  signal?: AbortSignal;
}

/** What a search found. */
export interface Found {
  values: Record<string, number>;
  distance: number;
  tried: number;
}

/** Part of a range by which a parameter is moved first. Halved while nothing is better. */
const FIRST_STEP = 0.25;

/**
 * Searches by moving one parameter at a time, and by halves where nothing is nearer (R. Hooke, T. Jeeves: “Direct search”,
 * JACM 1961). Every try costs a render, so none is made twice, and no more than the budget. Never outside of a range.
 */
export async function boundedSearch({ specs, start, budget, distance, signal }: SearchTask): Promise<Found> {
  const moved = specs.filter(({ kind, min, max }) => kind === 'number' && min !== undefined && max !== undefined);
  const known = new Map<string, number>();
  const keyOf = (values: Record<string, number>) => moved.map(({ name }) => values[name]).join(' ');
  const begin = Object.fromEntries(
    moved.map((spec) => [spec.name, fitting(spec, start[spec.name] ?? Number(spec.default))]),
  );
  let best = { values: begin, distance: Number.POSITIVE_INFINITY };
  const left = () => known.size < budget && !signal?.aborted;
  const attempt = async (values: Record<string, number>): Promise<boolean> => {
    if (!left() || known.has(keyOf(values))) return false;
    // Reserved before it is known: what is asked for counts.
    known.set(keyOf(values), Number.POSITIVE_INFINITY);
    const own = await distance(values);
    known.set(keyOf(values), own);
    const better = own < best.distance;
    if (better) best = { values, distance: own };
    return better;
  };
  await attempt(begin);
  for (let part = FIRST_STEP; left() && moved.some((spec) => part * width(spec) >= (spec.step ?? 0.01)); ) {
    let better = false;
    for (const spec of moved) {
      for (const side of [1, -1]) {
        const there = fitting(spec, (best.values[spec.name] as number) + side * part * width(spec));
        if (await attempt({ ...best.values, [spec.name]: there })) {
          better = true;
          break;
        }
      }
    }
    if (!better) part /= 2;
  }
  return { ...best, tried: known.size };
}

const width = ({ min = 0, max = 0 }: ParameterSpec) => max - min;
