import { alignTakes } from '../shared/alignment/align.ts';
import { mapTime } from '../shared/alignment/time-map.ts';
import type { Spoken } from './compare-alignment-speech.ts';
import type { Figure } from './figure.ts';

/** Value that so much of the list is at or below. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** Where each word of the first sound is found in the second, less where it is, in ms. */
export function wordErrors(a: Spoken, b: Spoken): number[] {
  // Other accents may run other words together: then it is not known which is which.
  if (a.words.length !== b.words.length) return [];
  const { map } = alignTakes(a.features, b.features);
  return a.words.map((time, at) => 1000 * (mapTime(map, time) - (b.words[at] ?? Number.NaN)));
}

/** What the errors of one kind of pair must reach, in ms. */
export interface Reach {
  median?: number;
  p95: number;
  /** At most so many percent of all words may be off by more than so many ms. */
  far?: { ms: number; percent: number };
  /** A constant offset of the engines is taken out. */
  unbiased?: boolean;
}

export function errorFigures(what: string, errors: readonly number[], reach: Reach): Figure[] {
  const bias = reach.unbiased ? percentile(errors, 0.5) : 0;
  const off = errors.map((error) => Math.abs(error - bias));
  const words = `${what}, ${off.length} words`;
  const figure = (name: string, limit: number, got: number, unit = 'ms'): Figure => ({
    what: `${words}: ${name}`,
    reach: `at most ${limit} ${unit}`,
    got,
    unit,
    ok: off.length > 0 && got <= limit,
  });
  const figures = [figure('p95 of where a word is found', reach.p95, percentile(off, 0.95))];
  if (reach.median !== undefined) figures.unshift(figure('median', reach.median, percentile(off, 0.5)));
  if (reach.far) {
    const { ms, percent } = reach.far;
    const share = (100 * off.filter((error) => error > ms).length) / off.length;
    figures.push(figure(`off by more than ${ms} ms`, percent, share, '%'));
  }
  return figures;
}
