import { standingOf } from '../../../shared/matching/coverage.ts';
import type { MappingRow } from '../../../shared/schemas/mapping.ts';

export {
  type Coverage,
  choiceOf,
  chosenCandidate,
  coverageOf,
  type Standing,
  standingOf,
} from '../../../shared/matching/coverage.ts';

/** Which rows are shown. `open` has those, too, that somebody wants to come back to. */
export const ROW_FILTERS = ['all', 'open', 'approved', 'rejected'] as const;
export type RowFilter = (typeof ROW_FILTERS)[number];

function passes(row: MappingRow, filter: RowFilter): boolean {
  const standing = standingOf(row);
  if (filter === 'all') return true;
  return filter === 'open' ? standing === 'open' || standing === 'later' : standing === filter;
}

/**
 * Rows that a filter shows.
 *
 * @param kept the row in hand: it stays until another one is, also where a verdict has just changed what it is
 */
export function shownRows(rows: readonly MappingRow[], filter: RowFilter, kept: string | null): readonly MappingRow[] {
  return filter === 'all' ? rows : rows.filter((row) => row.id === kept || passes(row, filter));
}

/** The largest distance that any candidate of a mapping has: what a full bar stands for. */
export function largestDistance(rows: readonly MappingRow[]): number {
  const all = rows.flatMap(({ proposal }) => proposal?.candidates.map(({ distance }) => distance) ?? []);
  return all.reduce((most, distance) => Math.max(most, distance), 0);
}
