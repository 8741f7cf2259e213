import { create } from 'zustand';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { Amount, MatchEstimate, MatchPlan, MatchRun } from '../../../shared/schemas/match-run.ts';
import * as calls from './mapping-calls.ts';

interface Runs {
  /** Whose runs these are. */
  mappingId: string | null;
  runs: readonly MatchRun[];
  /** Runs whose outcome was read and put away. */
  putAway: ReadonlySet<string>;
}

/** Searches for nearest voices of the open mapping. */
export const useMatchRuns = create<Runs>()(() => ({ mappingId: null, runs: [], putAway: new Set() }));

const { getState: get, setState: set } = useMatchRuns;

/** Reads the runs of a mapping. What cannot be read is read with the next change. */
export async function loadRuns(mappingId: string): Promise<void> {
  if (get().mappingId !== mappingId) set({ mappingId, runs: [] });
  const runs = await calls.listRuns(mappingId).catch(() => null);
  if (runs === null || get().mappingId !== mappingId) return;
  set({ runs: runs.toSorted((a, b) => b.startedAt - a.startedAt) });
}

/** When the page was opened, in ms since the epoch. */
const OPENED = Date.now();

/** Whether there is nothing more to tell of a run: it was put away, or all went well before the page was opened. */
function isOver({ id, state, failed, endedAt }: MatchRun, putAway: ReadonlySet<string>): boolean {
  if (state === 'running') return false;
  return putAway.has(id) || (state === 'done' && failed.length === 0 && (endedAt ?? 0) < OPENED);
}

/** The run that is to be told of: the newest, unless there is nothing more to tell of it. */
export function runInView({ runs, putAway }: Pick<Runs, 'runs' | 'putAway'>): MatchRun | null {
  const [newest] = runs;
  return newest === undefined || isOver(newest, putAway) ? null : newest;
}

/** Puts the outcome of a run away. */
export function putAwayRun(runId: string): void {
  set({ putAway: new Set([...get().putAway, runId]) });
}

function show(run: MatchRun): void {
  if (get().mappingId !== run.mappingId) return;
  set({ runs: [run, ...get().runs.filter(({ id }) => id !== run.id)] });
}

/**
 * Begins a search with the estimate that was seen.
 *
 * @throws FaultError conflict where it would cost more than was agreed to
 */
export async function findNearest(
  mappingId: string,
  { plan, agreed, limit }: { plan: MatchPlan; agreed: MatchEstimate; limit: Amount | null },
): Promise<void> {
  show(await calls.beginRun(mappingId, { id: crypto.randomUUID(), plan, agreed, limit }));
}

/** Ends a run; what was found stays. @throws FaultError */
export async function stopRun({ id, mappingId }: MatchRun): Promise<void> {
  await calls.stopRun(id);
  await loadRuns(mappingId);
}

/** Goes on with a run that was stopped or interrupted. What is there is not asked for again. @throws FaultError */
export async function continueRun({ id, mappingId }: MatchRun): Promise<void> {
  await calls.continueRun(id);
  await loadRuns(mappingId);
}

/** What a search would ask for, as far as it is known. */
export interface EstimateState {
  estimate: MatchEstimate | null;
  fault: Fault | null;
}

/** Asks what a plan would ask for. @returns null where nobody waits for it any more */
export async function estimateOf(
  mappingId: string,
  plan: MatchPlan,
  signal: AbortSignal,
): Promise<EstimateState | null> {
  try {
    const estimate = await calls.estimateMatch(mappingId, plan, signal);
    return signal.aborted ? null : { estimate, fault: null };
  } catch (thrown) {
    return signal.aborted ? null : { estimate: null, fault: toFault(thrown) };
  }
}
