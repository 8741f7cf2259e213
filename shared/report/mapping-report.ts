import type { WholeMapping } from '../schemas/mapping.ts';
import type { MatchRun } from '../schemas/match-run.ts';

/** What a report of a mapping says before its pairs. */
export interface MappingReportHead {
  /** Version of Timbre. */
  madeWith: string;
  /** Milliseconds since the epoch. */
  madeAt: number;
  project: string;
  mapping: WholeMapping;
  /** Its searches, the newest first. */
  runs: readonly MatchRun[];
  /** What a provider is called; its id where it is gone. */
  nameOf(provider: string): string;
}
