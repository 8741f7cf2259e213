import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PreferenceResult, RatingResult } from '../../../shared/schemas/listening-results.ts';
import { stubPage } from '../testing/page-on-engine.ts';
import type * as Outcome from './outcome.ts';

let outcome: typeof Outcome;

beforeAll(async () => {
  stubPage();
  outcome = await import('./outcome.ts');
});
afterAll(() => vi.unstubAllGlobals());

const rated = (count: number): RatingResult['rated'] =>
  Array.from({ length: count }, () => ({ kind: 'slot', mean: 50, interval: null, count: 9, listeners: [] }));
const pair = (first: number, second: number, low: number, high: number) => ({
  first,
  second,
  difference: (low + high) / 2,
  interval: { low, high },
  p: low > 0 || high < 0 ? 0.01 : 0.4,
});
const bestOf = (result: RatingResult | PreferenceResult) => outcome.bestShown({ result, level: 0.05 });

it('a rating has a best slot only where it was shown to be higher than every other one', () => {
  const units = { of: 'listeners', count: 9, least: 7 } as const;
  const all = { method: 'rating', rated: rated(3), units } as const;
  expect(bestOf({ ...all, pairs: [pair(0, 1, -9, -2), pair(0, 2, -3, 4), pair(1, 2, 1, 8)] })).toBe(1);
  expect(bestOf({ ...all, pairs: [pair(0, 1, -9, -2), pair(0, 2, -3, 4), pair(1, 2, -1, 8)] })).toBeNull();
  expect(bestOf({ ...all, pairs: [pair(0, 1, -9, -2)] })).toBeNull();
});

it('a preference has one only at its level: of one listener, or over all of several', () => {
  const session = () => crypto.randomUUID();
  const counts = { first: 4, second: 14, none: 2 };
  const one = (p: number) => ({ session: session(), counts, p, needed: 14, power: [] });
  const places = { first: 9, second: 9, none: 2, p: 1, stoodFirst: { first: 10, second: 10 } };
  const base = { method: 'preference' as const, counts, texts: [], places };
  const over = (p: number) => ({ listeners: 6, p, exact: true, least: 6 });
  expect(bestOf({ ...base, listeners: [one(0.03)], over: null })).toBe(1);
  expect(bestOf({ ...base, listeners: [one(0.06)], over: null })).toBeNull();
  // What some of several were found to prefer is not what all of them do.
  expect(bestOf({ ...base, listeners: [one(0.03), one(0.03)], over: over(0.2) })).toBeNull();
  expect(bestOf({ ...base, listeners: [one(0.3), one(0.3)], over: over(0.03) })).toBe(1);
});
