import { fault, toFault } from '../../shared/errors.ts';
import { choiceOf } from '../../shared/matching/coverage.ts';
import type { WholeMapping } from '../../shared/schemas/mapping.ts';
import type { MatchEstimate, MatchRun } from '../../shared/schemas/match-run.ts';
import type { Levels } from '../levels/levels.ts';
import type { Library } from '../library/library.ts';
import type { AllVoices, Registry } from '../providers/registry.ts';
import type { Synthesis } from '../synthesis/synthesis.ts';
import { matchRow } from './match-row.ts';
import { Gone, isOfAll } from './of-all.ts';
import type { Profiler } from './profiler.ts';
import { Purse } from './purse.ts';
import { otherTask, type RunLedger } from './run-ledger.ts';
import { createTakesFor } from './takes-for.ts';
import { VoiceBook } from './voice-book.ts';
import { voicesThere } from './voices-there.ts';

export interface WorkParts {
  library: () => Library;
  registry: Pick<Registry, 'known' | 'refresh' | 'provider'>;
  synthesis: Pick<Synthesis, 'start' | 'quote' | 'cancel' | 'outcome'>;
  profiler: Pick<Profiler, 'statistics'>;
  levels: Pick<Levels, 'level'>;
  ledger: RunLedger;
  /** Told when a row or the run is another than it was. */
  onChange(): void;
}

/** Voices and models that a mapping leads to: none where that is nowhere. @throws FaultError as `voicesThere` */
export async function voicesFor(
  { to }: WholeMapping,
  registry: WorkParts['registry'],
  signal: AbortSignal,
): Promise<Pick<AllVoices, 'voices' | 'models'>> {
  return to.kind === 'provider' ? voicesThere(registry, to.provider, signal) : { voices: [], models: [] };
}

/**
 * Looks for the successors of all rows of a run that are not done, one after the other. A row that fails does not keep
 * the next one back; what all would meet as well does.
 *
 * @throws FaultError what ends the run; cancelled
 */
export async function workThrough(run: MatchRun, signal: AbortSignal, parts: WorkParts): Promise<void> {
  const { library, registry, ledger, onChange } = parts;
  const { voices, models } = await voicesFor(mappingOf(run, library()), registry, signal);
  const purse = new Purse(mostOf(run), run.agreed.renders, ledger.spent(run.id), (spent) =>
    ledger.spend(run.id, spent),
  );
  const book = new VoiceBook(parts.profiler);
  const rows = library().mappings.together(() => {
    const left = ledger.rowsLeft(run.id, mappingOf(run, library()));
    for (const row of left) library().mappings.setRowState(row.id, 'queued', row.fault);
    return left;
  });
  onChange();
  for (const { id } of rows) {
    signal.throwIfAborted();
    const mapping = mappingOf(run, library());
    if (!ledger.isFor(run.id, mapping)) throw otherTask();
    const row = mapping.rows.find((one) => one.id === id);
    if (!row) continue;
    const wanted = () => {
      if (!library().mappings.row(id)) throw new Gone();
    };
    const onNote = (note: string) => {
      ledger.note(run.id, note);
      onChange();
    };
    try {
      library().mappings.setRowState(id, 'running', row.fault);
      onChange();
      const takes = createTakesFor({ ...parts, purse, signal, wanted });
      const proposal = await matchRow(mapping, row, {
        ...parts,
        voices,
        models,
        takes,
        book,
        plan: run.plan,
        signal,
        onNote,
      });
      keep(parts, run, id, () => {
        const [nearest] = proposal.candidates;
        library().mappings.propose(id, proposal, nearest ? choiceOf(nearest) : null);
        ledger.done(run.id, id);
      });
    } catch (thrown) {
      if (thrown instanceof Gone && !signal.aborted) {
        // A row that was taken out has not failed. With its mapping there is nothing left to do.
        mappingOf(run, library());
        continue;
      }
      if (signal.aborted || isOfAll(thrown)) throw thrown;
      const why = toFault(thrown);
      keep(parts, run, id, () => {
        library().mappings.setRowState(id, 'failed', why);
        ledger.failed(run.id, id, why);
      });
    }
    onChange();
  }
}

/** Keeps what came of a row, if it is there still. */
function keep({ library }: WorkParts, run: MatchRun, rowId: string, work: () => void): void {
  library().mappings.together(() => {
    if (library().mappings.row(rowId)?.mappingId === run.mappingId) work();
  });
}

function mappingOf({ mappingId }: MatchRun, library: Library): WholeMapping {
  const mapping = library.mappings.one(mappingId);
  if (mapping) return mapping;
  throw fault('not_found', 'The mapping was removed.', {
    kept: 'What was found is kept with it, as long as it can be brought back.',
  });
}

/** What was agreed to, but no more than the limit in its currency. */
function mostOf({ agreed, limit }: MatchRun): MatchEstimate['cost'] {
  return agreed.cost.map((one) =>
    one.currency === limit?.currency ? { ...one, amount: Math.min(one.amount, limit.amount) } : one,
  );
}
