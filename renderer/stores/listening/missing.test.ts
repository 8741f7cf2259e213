import { expect, it } from 'vitest';
import type { ListeningMethod, ListeningTrial } from '../../../shared/schemas/listening.ts';
import { missingFor } from './missing.ts';

function trial(method: ListeningMethod, places: readonly string[], rated: readonly string[] = []): ListeningTrial {
  return {
    id: crypto.randomUUID(),
    sessionId: crypto.randomUUID(),
    method,
    index: 0,
    of: 1,
    text: null,
    places: places.map((place) => ({ place, stimulus: place, rated: rated.includes(place) })),
    draft: null,
  };
}

const heard = (...places: string[]) => Object.fromEntries(places.map((place) => [place, { plays: 1, seconds: 1 }]));

it('a choice wants everything heard for a second, and then to be made', () => {
  const abx = trial('abx', ['A', 'B', 'X']);
  const open = { choice: null, ratings: {} };
  expect(missingFor(abx, { ...open, heard: {} })).toBe('Listen to A, B and X first, for at least a second.');
  const nearly = { ...heard('A', 'B'), X: { plays: 3, seconds: 0.99 } };
  expect(missingFor(abx, { choice: 'A', ratings: {}, heard: nearly })).toMatch(/^Listen to X first/);
  expect(missingFor(abx, { ...open, heard: heard('A', 'B', 'X') })).toBe('Choose one.');
  expect(missingFor(abx, { choice: 'B', ratings: {}, heard: heard('A', 'B', 'X') })).toBeNull();
});

it('a page of ratings wants each that is rated, also 0, and the reference heard', () => {
  const page = trial('mushra', ['R', '1', '2'], ['1', '2']);
  const all = heard('R', '1', '2');
  expect(missingFor(page, { choice: null, ratings: { 1: 50, 2: 0 }, heard: heard('1', '2') })).toMatch(/^Listen to R/);
  expect(missingFor(page, { choice: null, ratings: { 1: 50 }, heard: all })).toBe('Not rated yet: 2.');
  expect(missingFor(page, { choice: null, ratings: { 1: 50, 2: 0 }, heard: all })).toBeNull();
});
