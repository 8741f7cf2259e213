import { sameJson } from '../../../shared/canonical.ts';
import {
  type Candidate,
  MappedVoice,
  type MappingRow,
  type MappingVerdict,
  verdictInForce,
} from '../../../shared/schemas/mapping.ts';

/** What a row is as far as its approval goes; `open`: nobody has said anything of what is chosen now. */
export type Standing = MappingVerdict['verdict'] | 'open';

/** What was said of what is chosen now. */
export function standingOf(row: Pick<MappingRow, 'verdicts' | 'choice'>): Standing {
  return verdictInForce(row)?.verdict ?? 'open';
}

/** How many rows stand how. */
export type Coverage = Readonly<Record<Standing, number>> & { all: number };

/** How far a mapping is. */
export function coverageOf(rows: readonly MappingRow[]): Coverage {
  const counts = { approved: 0, rejected: 0, later: 0, open: 0, all: rows.length };
  for (const row of rows) counts[standingOf(row)] += 1;
  return counts;
}

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

/** A candidate as a choice. */
export const choiceOf = (candidate: Candidate): MappedVoice => MappedVoice.parse(candidate);

/** The candidate that is chosen, with what was measured of it; null where what is chosen was set otherwise. */
export function chosenCandidate({ proposal, choice }: Pick<MappingRow, 'proposal' | 'choice'>): Candidate | null {
  if (choice === null) return null;
  return proposal?.candidates.find((candidate) => sameJson(choiceOf(candidate), choice)) ?? null;
}

/** The largest distance that any candidate of a mapping has: what a full bar stands for. */
export function largestDistance(rows: readonly MappingRow[]): number {
  const all = rows.flatMap(({ proposal }) => proposal?.candidates.map(({ distance }) => distance) ?? []);
  return all.reduce((most, distance) => Math.max(most, distance), 0);
}
