import { FaultError, fault, toFault } from '../../shared/errors.ts';
import type { MappedVoice, MappingRow, WholeMapping } from '../../shared/schemas/mapping.ts';
import { type MatchEstimate, type MatchPlan, MatchRun, type MatchRunRequest } from '../../shared/schemas/match-run.ts';
import type { Library } from '../library/library.ts';
import type { EventHub } from '../observe/events.ts';
import type { Registry } from '../providers/registry.ts';
import type { Synthesis } from '../synthesis/synthesis.ts';
import { estimateMatch, plannedRows } from './estimate.ts';
import { matchRow } from './match-row.ts';
import type { Profiler } from './profiler.ts';
import { Purse } from './purse.ts';
import { RunLedger } from './run-ledger.ts';
import { type Sources, sourcesOf } from './sources.ts';
import { createTakesFor } from './takes-for.ts';
import { VoiceBook } from './voice-book.ts';

/** Looks for the successors of voices. */
export interface Matching {
  /** The voices of a provider as they can be left. @throws FaultError */
  sources(provider: string, signal: AbortSignal): Promise<Sources>;
  /** What a plan would take at most. @throws FaultError not_found */
  estimate(mappingId: string, plan: MatchPlan, signal: AbortSignal): Promise<MatchEstimate>;
  /**
   * Begins to look for the successors of many voices, one after the other.
   * @throws FaultError not_found; conflict where another run of the mapping is under way, or it would take more than agreed
   */
  start(mappingId: string, request: MatchRunRequest): Promise<MatchRun>;
  /** Ends a run; what it found is kept. @throws FaultError not_found */
  stop(runId: string): Promise<MatchRun>;
  /** Goes on with a run that was stopped or interrupted, within what was agreed to. @throws FaultError as {@link start} */
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
  const changed = () => events.publish({ type: 'changed', what: 'mappings' });
  let closing = false;

  function mappingOf(id: string): WholeMapping {
    const mapping = library().mappings.one(id);
    if (!mapping) throw fault('not_found', 'There is no such mapping (any more).');
    return mapping;
  }

  async function estimate(mappingId: string, plan: MatchPlan, signal: AbortSignal): Promise<MatchEstimate> {
    const { voices } = await registry.known(signal);
    return estimateMatch(mappingOf(mappingId), plan, { library, registry, synthesis, voices, signal });
  }

  function begin(run: MatchRun): MatchRun {
    if (closing) throw fault('cancelled', 'The studio is closing.');
    const stop = new AbortController();
    const running = ledger.store({ ...run, state: 'running', endedAt: null, fault: null });
    const ended = work(running, stop.signal)
      .catch((thrown) => end(running.id, 'stopped', toFault(thrown)))
      .finally(() => {
        active.delete(run.id);
        changed();
      });
    active.set(run.id, { stop, ended });
    changed();
    return running;
  }

  function end(runId: string, state: MatchRun['state'], why: MatchRun['fault']): void {
    const run = ledger.one(runId);
    if (run) ledger.store({ ...run, state, note: '', fault: why, endedAt: Date.now() });
  }

  /** What of a run is to be told, as it goes. */
  function tell(runId: string, more: Partial<MatchRun>): void {
    const run = ledger.one(runId);
    if (!run) return;
    ledger.store({ ...run, ...more });
    changed();
  }

  async function work(run: MatchRun, signal: AbortSignal): Promise<void> {
    const { mappings } = library();
    const mapping = mappingOf(run.mappingId);
    const { voices, models } = await registry.known(signal);
    const most = run.limit ? withLimit(run.agreed.cost, run.limit) : run.agreed.cost;
    const purse = new Purse(most, run.agreed.renders, run);
    const takes = createTakesFor({ library, synthesis, purse, signal });
    const book = new VoiceBook(parts.profiler);
    const rows = ledger.rowsLeft(run.id, mapping);
    for (const { id } of rows) mappings.setRowState(id, 'queued', null);
    changed();
    for (const row of rows) {
      const told = (note: string) => tell(run.id, { note, renders: purse.renders, cost: purse.cost });
      try {
        mappings.setRowState(row.id, 'running', null);
        const own = { ...parts, voices, models, takes, book, plan: run.plan, signal, onNote: told };
        const proposal = await matchRow(mapping, row, own);
        const [nearest] = proposal.candidates;
        mappings.propose(row.id, proposal, nearest ? chosen(nearest) : null);
        ledger.done(run.id, row.id, purse);
      } catch (thrown) {
        if (signal.aborted || isOfAll(thrown)) {
          putBack(rows, row.id);
          tell(run.id, { renders: purse.renders, cost: purse.cost });
          if (!signal.aborted) throw thrown;
          end(run.id, closing ? 'interrupted' : 'stopped', null);
          return;
        }
        fail(row, toFault(thrown));
        ledger.failed(run.id, row.id, toFault(thrown), purse);
      }
      changed();
    }
    end(run.id, 'done', null);
  }

  function fail({ id }: MappingRow, why: NonNullable<MappingRow['fault']>): void {
    // It may have been taken out meanwhile.
    if (library().mappings.row(id)) library().mappings.setRowState(id, 'failed', why);
  }

  /** Rows that were not come to are as they were. */
  function putBack(rows: readonly MappingRow[], from: string): void {
    for (const { id } of rows.slice(rows.findIndex((row) => row.id === from))) {
      const row = library().mappings.row(id);
      if (row) library().mappings.setRowState(id, row.proposal ? 'proposed' : 'new', null);
    }
  }

  return {
    sources: (provider, signal) => sourcesOf(registry, provider, signal),
    estimate,
    async start(mappingId, { id, plan, agreed, limit }) {
      if (ledger.all(mappingId).some(({ state }) => state === 'running')) {
        throw fault('conflict', 'A search of this mapping is under way.', { todo: 'Wait for it, or stop it.' });
      }
      const now = await estimate(mappingId, plan, new AbortController().signal);
      refuseMore(now, agreed);
      const rows = plannedRows(mappingOf(mappingId), plan).map((row) => row.id);
      const run = MatchRun.parse({
        id,
        mappingId,
        state: 'running',
        plan: { ...plan, rowIds: rows },
        agreed,
        limit,
        startedAt: Date.now(),
        endedAt: null,
        rows: rows.length,
        done: 0,
        renders: 0,
        cost: [],
        note: '',
        fault: null,
        failed: [],
      });
      return begin(run);
    },
    async stop(runId) {
      const running = active.get(runId);
      running?.stop.abort();
      await running?.ended;
      return ledger.known(runId);
    },
    continue(runId) {
      const run = ledger.known(runId);
      if (active.has(runId)) return run;
      if (run.state === 'running') throw fault('conflict', 'Another window or program goes on with this search.');
      return begin({ ...run, failed: [] });
    },
    runs: (mappingId) => ledger.all(mappingId),
    async close() {
      closing = true;
      const running = [...active.values()];
      for (const { stop } of running) stop.abort();
      await Promise.allSettled(running.map(({ ended }) => ended));
      await parts.profiler.close();
    },
  };
}

const chosen = ({ voiceId, voiceName, modelId, settings }: MappedVoice): MappedVoice => ({
  voiceId,
  voiceName,
  modelId,
  settings,
});

/** What was agreed to, but no more than the limit in its currency. */
function withLimit(agreed: MatchEstimate['cost'], limit: NonNullable<MatchRun['limit']>): MatchEstimate['cost'] {
  return agreed.map((one) =>
    one.currency === limit.currency ? { ...one, amount: Math.min(one.amount, limit.amount) } : one,
  );
}

/** Faults that the next voice would meet as well: then going on asks in vain. */
const OF_ALL = new Set(['unreachable', 'unauthorised', 'no_credit', 'disk_full', 'not_writable', 'conflict']);
const isOfAll = (thrown: unknown) => thrown instanceof FaultError && OF_ALL.has(thrown.fault.code);

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
