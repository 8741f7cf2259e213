import { fault, toFault } from '../../shared/errors.ts';
import type { WholeMapping } from '../../shared/schemas/mapping.ts';
import { type MatchEstimate, type MatchPlan, MatchRun, type MatchRunRequest } from '../../shared/schemas/match-run.ts';
import type { Levels } from '../levels/levels.ts';
import type { Library } from '../library/library.ts';
import type { EventHub } from '../observe/events.ts';
import type { Registry } from '../providers/registry.ts';
import type { Synthesis } from '../synthesis/synthesis.ts';
import { estimateMatch, plannedRows } from './estimate.ts';
import type { Profiler } from './profiler.ts';
import { elsewhere, RunLedger } from './run-ledger.ts';
import { type Sources, sourcesOf } from './sources.ts';
import { voicesFor, workThrough } from './work-through.ts';

/** Looks for the successors of voices. */
export interface Matching {
  /** The voices of a provider as they can be left. @throws FaultError not_found; what the provider says */
  sources(provider: string, signal: AbortSignal): Promise<Sources>;
  /** What a plan would take at most. @throws FaultError not_found; what a provider says whose voices cannot be read */
  estimate(mappingId: string, plan: MatchPlan, signal: AbortSignal): Promise<MatchEstimate>;
  /**
   * Begins to look for the successors of many voices, one after the other.
   * @throws FaultError as {@link estimate}; conflict where another run of the mapping is under way, here or in another
   *   process, where its id is taken, or where it would take more than agreed
   */
  start(mappingId: string, request: MatchRunRequest): Promise<MatchRun>;
  /** Ends a run; what it found is kept. @throws FaultError not_found; conflict where another process goes on with it */
  stop(runId: string): Promise<MatchRun>;
  /**
   * Goes on with a run that was stopped or interrupted, within what was agreed to; with one that is done, tries those that
   * failed again.
   * @throws FaultError not_found; conflict where another one of the mapping is under way, here or in another process, or
   *   where the mapping was changed since
   */
  continue(runId: string): MatchRun;
  /** The runs of a mapping, the newest first. */
  runs(mappingId: string): MatchRun[];
  /** Ends what is under way as interrupted. */
  close(): Promise<void>;
}

export interface MatchingParts {
  library: () => Library;
  registry: Registry;
  synthesis: Synthesis;
  profiler: Profiler;
  levels: Levels;
  events: EventHub;
}

interface Active {
  stop: AbortController;
  ended: Promise<void>;
}

export function createMatching(parts: MatchingParts): Matching {
  const { library, registry, synthesis, events } = parts;
  const active = new Map<string, Active>();
  const ledger = new RunLedger(library, (id) => active.has(id));
  const onChange = () => events.publish({ type: 'changed', what: 'mappings' });
  const closing = new AbortController();

  function mappingOf(id: string): WholeMapping {
    const mapping = library().mappings.one(id);
    if (!mapping) throw fault('not_found', 'There is no such mapping (any more).');
    return mapping;
  }

  async function estimate(mappingId: string, plan: MatchPlan, signal: AbortSignal): Promise<MatchEstimate> {
    const there = await voicesFor(mappingOf(mappingId), registry, signal);
    return estimateMatch(mappingOf(mappingId), plan, { library, registry, synthesis, ...there, signal });
  }

  /** Works on a run that is written down. */
  function goOn(run: MatchRun): MatchRun {
    const stop = new AbortController();
    const ended = workThrough(run, stop.signal, { ...parts, ledger, onChange })
      .then(
        () => ledger.end(run.id, 'done', null),
        (thrown) => {
          const left = closing.signal.aborted ? 'interrupted' : 'stopped';
          ledger.end(run.id, left, stop.signal.aborted ? null : toFault(thrown));
        },
      )
      // It cannot be written down how it ended: then it is found as interrupted, and its rows are put back then.
      .catch(() => undefined)
      .finally(() => {
        active.delete(run.id);
        onChange();
      });
    active.set(run.id, { stop, ended });
    onChange();
    return run;
  }

  function needOpen(): void {
    if (closing.signal.aborted) throw fault('cancelled', 'The studio is closing.', { kept: 'Nothing was asked for.' });
  }

  /** Looks after what processes left that are no more. */
  function settle(mappingId?: string): void {
    try {
      if (ledger.settle(mappingId)) onChange();
    } catch {
      // A library that cannot be written is read all the same, and runs are shown as what they are.
    }
  }

  settle();

  return {
    sources: (provider, signal) => sourcesOf(registry, provider, signal),
    estimate,
    async start(mappingId, { id, plan, agreed, limit }) {
      settle(mappingId);
      const now = await estimate(mappingId, plan, closing.signal);
      needOpen();
      refuseMore(now, agreed);
      const mapping = mappingOf(mappingId);
      const rowIds = plannedRows(mapping, plan).map((row) => row.id);
      const run = MatchRun.parse({
        id,
        mappingId,
        state: 'running',
        plan: { ...plan, rowIds },
        agreed,
        limit,
        startedAt: Date.now(),
        endedAt: null,
        rows: rowIds.length,
        done: 0,
        renders: 0,
        cost: [],
        note: '',
        fault: null,
        failed: [],
      });
      return goOn(ledger.begin(run, mapping));
    },
    async stop(runId) {
      const running = active.get(runId);
      if (!running && ledger.known(runId).state === 'running') throw elsewhere();
      running?.stop.abort();
      await running?.ended;
      return ledger.known(runId);
    },
    continue(runId) {
      needOpen();
      const run = ledger.known(runId);
      if (active.has(runId)) return run;
      settle(run.mappingId);
      return goOn(ledger.resume(runId));
    },
    runs(mappingId) {
      settle(mappingId);
      return ledger.all(mappingId);
    },
    async close() {
      closing.abort();
      const running = [...active.values()];
      for (const { stop } of running) stop.abort();
      // What is being measured would be waited for.
      await parts.profiler.close();
      await Promise.allSettled(running.map(({ ended }) => ended));
    },
  };
}

/** @throws FaultError conflict where more would be asked for than somebody has seen */
function refuseMore(now: MatchEstimate, agreed: MatchEstimate): void {
  const dearer = now.cost.some(({ amount, currency }) => {
    const seen = agreed.cost.find((one) => one.currency === currency)?.amount ?? 0;
    return amount > seen + 1e-9;
  });
  if (now.renders <= agreed.renders && !dearer) return;
  throw fault('conflict', 'It would take more now than what was shown.', {
    kept: 'Nothing was asked for.',
    todo: 'Look at what it takes now, and begin again.',
  });
}
