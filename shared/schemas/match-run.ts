import { z } from 'zod';
import { Fault } from '../errors.ts';
import { Id } from './take.ts';
import { When } from './when.ts';

/** Money in one currency. */
export const Amount = z.object({ amount: z.number().min(0), currency: z.string().max(20) });
export type Amount = z.infer<typeof Amount>;

/** What looking for successors would ask of the providers, before anything is asked. */
export const MatchEstimate = z.object({
  /** Takes that are not there yet. */
  renders: z.number().int().min(0),
  /** Takes that are, and cost nothing. */
  cached: z.number().int().min(0),
  /** Recordings that are fetched and cost nothing: previews, and what was spoken before. */
  free: z.number().int().min(0),
  characters: z.number().int().min(0),
  /** What they would cost; empty where they cost nothing. */
  cost: z.array(Amount).max(10),
  /** About how long it takes, in s. */
  seconds: z.number().min(0),
  /** Voices that no candidate is left for after their labels, by their row. */
  withoutCandidates: z.array(Id),
});
export type MatchEstimate = z.infer<typeof MatchEstimate>;

/** Most renders that the search for the settings of one voice may ask for. */
export const MOST_SEARCH_RENDERS = 100;

/** What is to be looked for. */
export const MatchPlan = z.object({
  /** Rows of the mapping; empty: all that nobody has approved. */
  rowIds: z.array(Id).max(1000).default([]),
  /** Lines that each candidate speaks. */
  lines: z.number().int().min(1).max(50).default(3),
  /** Nearest candidates whose settings are matched. */
  matched: z.number().int().min(1).max(8).default(3),
  /** Renders that may be spent for each of them on expressive parameters; 0: only speed, pitch and volume. */
  searchRenders: z.number().int().min(0).max(MOST_SEARCH_RENDERS).default(0),
  /** Whether the old voice may speak new lines where too little of it can be heard for nothing. */
  newLines: z.boolean().default(true),
});
export type MatchPlan = z.infer<typeof MatchPlan>;

/** Begins a run. It never asks for more than what was agreed to: what would cost more is refused as `conflict`. */
export const MatchRunRequest = z.object({
  id: Id,
  plan: MatchPlan,
  /** The estimate that the person has seen. */
  agreed: MatchEstimate,
  /** Stops when so much is spent; null: only at what was agreed. */
  limit: Amount.nullable().default(null),
});
export type MatchRunRequest = z.infer<typeof MatchRunRequest>;

/**
 * `interrupted`: the studio ended meanwhile; `stopped`: by a person or by the limit. Both can be continued, and what is there
 * is not asked for again.
 */
export const MatchRunState = z.enum(['running', 'interrupted', 'stopped', 'done']);
export type MatchRunState = z.infer<typeof MatchRunState>;

/** Many voices one after the other. */
export const MatchRun = z.object({
  id: Id,
  mappingId: Id,
  state: MatchRunState,
  plan: MatchPlan,
  agreed: MatchEstimate,
  limit: Amount.nullable(),
  startedAt: When,
  endedAt: When.nullable(),
  /** Rows in all, and those that are done. */
  rows: z.number().int(),
  done: z.number().int(),
  /** Renders asked for so far, and what they cost. */
  renders: z.number().int(),
  cost: z.array(Amount).max(10),
  /** What it is doing, in words. */
  note: z.string(),
  /** Why it stopped by itself. */
  fault: Fault.nullable(),
  /** Rows that failed, and why. */
  failed: z.array(z.object({ rowId: Id, fault: Fault })).max(1000),
});
export type MatchRun = z.infer<typeof MatchRun>;
