import { sameJson } from '../canonical.ts';
import {
  type Candidate,
  MappedVoice,
  type MappingRow,
  type MappingVerdict,
  verdictInForce,
} from '../schemas/mapping.ts';

/** What a row is as far as its approval goes; `open`: nobody has said anything of what is chosen now. */
export type Standing = MappingVerdict['verdict'] | 'open';

/** What was said of what is chosen now. */
export function standingOf(row: Pick<MappingRow, 'verdicts' | 'choice'>): Standing {
  return verdictInForce(row)?.verdict ?? 'open';
}

/** How many rows stand how. */
export type Coverage = Readonly<Record<Standing, number>> & { all: number };

/** How far a mapping is. */
export function coverageOf(rows: readonly Pick<MappingRow, 'verdicts' | 'choice'>[]): Coverage {
  const counts = { approved: 0, rejected: 0, later: 0, open: 0, all: rows.length };
  for (const row of rows) counts[standingOf(row)] += 1;
  return counts;
}

/** A candidate as a choice. */
export const choiceOf = (candidate: Candidate): MappedVoice => MappedVoice.parse(candidate);

/** The candidate that is chosen, with what was measured of it; null where what is chosen was set otherwise. */
export function chosenCandidate({ proposal, choice }: Pick<MappingRow, 'proposal' | 'choice'>): Candidate | null {
  if (choice === null) return null;
  return proposal?.candidates.find((candidate) => sameJson(choiceOf(candidate), choice)) ?? null;
}

/** What a row's two voices were measured to be. `exact`: the new one as it is set now, not as it was before. */
export function measuredPair(row: Pick<MappingRow, 'proposal' | 'choice'>) {
  const { proposal, choice } = row;
  const exact = chosenCandidate(row);
  const near = exact ?? proposal?.candidates.find(({ voiceId }) => voiceId === choice?.voiceId) ?? null;
  return { old: proposal?.profile ?? null, new: near?.profile ?? null, exact: exact !== null };
}
