import { z } from 'zod';
import { type Fault, fault } from '../../shared/errors.ts';
import type { MappingRow, WholeMapping } from '../../shared/schemas/mapping.ts';
import { MatchRun } from '../../shared/schemas/match-run.ts';
import type { Library } from '../library/library.ts';
import { stateBefore } from '../library/mapping-rows.ts';
import type { Spent } from './purse.ts';

/** A run as it is kept. */
const Kept = z.object({
  run: MatchRun,
  /** Rows that are done. */
  doneIds: z.array(z.string()),
  /** The process that goes on with it, by the id under which it shows that it lives. */
  process: z.string(),
  /** What was agreed to was agreed for this: sides and lines of the mapping. */
  task: z.string(),
  /** Renders that came to nothing, those under way among them. */
  lost: z.number().int(),
});
type Kept = z.infer<typeof Kept>;

/** What of a mapping a run depends on. */
const taskOf = ({ from, to, lines }: WholeMapping): string => JSON.stringify([from, to, lines]);

/** Runs in the library: everything is there before it is told, so that a run goes on after a crash. */
export class RunLedger {
  readonly #library: () => Library;
  readonly #isActive: (id: string) => boolean;

  /** @param isActive whether this process goes on with a run */
  constructor(library: () => Library, isActive: (id: string) => boolean) {
    this.#library = library;
    this.#isActive = isActive;
  }

  /**
   * Writes down a new run, which this process goes on with.
   * @throws FaultError conflict where a run of the mapping is under way anywhere, or its id is taken
   */
  begin(run: MatchRun, mapping: WholeMapping): MatchRun {
    return this.#mappings.together(() => {
      if (this.#kept(run.id)) throw fault('conflict', 'There is a search with this id already.', { param: 'id' });
      this.#needNone(run.mappingId, null);
      return this.#write({ run, doneIds: [], process: this.#mappings.processId, task: taskOf(mapping), lost: 0 });
    });
  }

  /**
   * Takes up a run that ended before its time.
   * @throws FaultError not_found; conflict where a run of the mapping is under way anywhere, or the mapping is another one
   *   than what was agreed to
   */
  resume(id: string): MatchRun {
    return this.#mappings.together(() => {
      const kept = this.#kept(id);
      const mapping = kept && this.#mappings.one(kept.run.mappingId);
      if (!kept || !mapping) throw noRun();
      this.#needNone(kept.run.mappingId, id);
      if (this.#shown(kept).state === 'running') throw elsewhere();
      if (!this.isFor(id, mapping)) throw otherTask();
      const run: MatchRun = { ...kept.run, state: 'running', note: '', endedAt: null, fault: null, failed: [] };
      return this.#write({ ...kept, run, process: this.#mappings.processId });
    });
  }

  /** Whether the mapping is still what a run was agreed for. */
  isFor(id: string, mapping: WholeMapping): boolean {
    return this.#kept(id)?.task === taskOf(mapping);
  }

  one(id: string): MatchRun | null {
    const kept = this.#kept(id);
    return kept && this.#shown(kept);
  }

  /** @throws FaultError not_found */
  known(id: string): MatchRun {
    const run = this.one(id);
    if (!run) throw noRun();
    return run;
  }

  /** Those of a mapping, the newest first. */
  all(mappingId: string): MatchRun[] {
    return this.#mappings.runs(mappingId).flatMap(({ content }) => {
      const kept = Kept.safeParse(content);
      return kept.success ? [this.#shown(kept.data)] : [];
    });
  }

  /** Rows of a run that are still to be done and are there, in their order. */
  rowsLeft(id: string, mapping: WholeMapping): MappingRow[] {
    const kept = this.#kept(id);
    const wanted = new Set(kept?.run.plan.rowIds);
    const done = new Set(kept?.doneIds);
    return mapping.rows.filter((row) => wanted.has(row.id) && !done.has(row.id));
  }

  /** What it has asked for. */
  spent(id: string): Spent {
    const kept = this.#kept(id);
    return { renders: kept?.run.renders ?? 0, lost: kept?.lost ?? 0, cost: kept?.run.cost ?? [] };
  }

  spend(id: string, { renders, lost, cost }: Spent): void {
    this.#change(id, (kept) => ({ ...kept, lost, run: { ...kept.run, renders, cost } }));
  }

  note(id: string, note: string): void {
    this.#change(id, (kept) => ({ ...kept, run: { ...kept.run, note } }));
  }

  done(id: string, rowId: string): void {
    this.#change(id, (kept) => {
      const doneIds = [...new Set([...kept.doneIds, rowId])];
      return { ...kept, doneIds, run: { ...kept.run, done: doneIds.length } };
    });
  }

  failed(id: string, rowId: string, why: Fault): void {
    this.#change(id, (kept) => {
      const others = kept.run.failed.filter((one) => one.rowId !== rowId);
      return { ...kept, run: { ...kept.run, failed: [...others, { rowId, fault: why }] } };
    });
  }

  /** Ends a run. Rows that were not come to are as they were. */
  end(id: string, state: Exclude<MatchRun['state'], 'running'>, why: Fault | null): void {
    this.#mappings.together(() => {
      const kept = this.#kept(id);
      if (!kept) return;
      this.#putBack(kept.run);
      // Rows that were taken out meanwhile are none of it any more.
      const rows = state === 'done' ? kept.doneIds.length + kept.run.failed.length : kept.run.rows;
      this.#write({ ...kept, run: { ...kept.run, rows, state, note: '', fault: why, endedAt: Date.now() } });
    });
  }

  /** Ends as interrupted what dead processes left: of one mapping, or of all. @returns whether there was any */
  settle(mappingId?: string): boolean {
    let settled = false;
    for (const stored of this.#mappings.unfinishedRuns()) {
      if (stored.state !== 'running' || (mappingId !== undefined && stored.mappingId !== mappingId)) continue;
      settled = this.#mappings.together(() => this.#settleOne(stored.id)) || settled;
    }
    return settled;
  }

  #settleOne(id: string): boolean {
    const kept = this.#kept(id);
    // Another process may have taken it up meanwhile.
    if (kept?.run.state !== 'running' || this.#shown(kept).state === 'running') return false;
    this.#putBack(kept.run);
    this.#write({ ...kept, run: { ...kept.run, state: 'interrupted', note: '' } });
    return true;
  }

  #putBack({ plan, mappingId }: MatchRun): void {
    const planned = new Set(plan.rowIds);
    for (const row of this.#mappings.one(mappingId)?.rows ?? []) {
      if (!planned.has(row.id) || (row.state !== 'queued' && row.state !== 'running')) continue;
      this.#mappings.setRowState(row.id, stateBefore(row), row.fault);
    }
  }

  /** @param but the run that may be under way */
  #needNone(mappingId: string, but: string | null): void {
    if (this.all(mappingId).some(({ id, state }) => id !== but && state === 'running')) {
      throw fault('conflict', 'A search of this mapping is under way.', {
        kept: 'It goes on.',
        todo: 'Wait for it, or stop it.',
      });
    }
  }

  get #mappings() {
    return this.#library().mappings;
  }

  #change(id: string, change: (kept: Kept) => Kept): void {
    this.#mappings.together(() => {
      const kept = this.#kept(id);
      if (kept) this.#write({ ...change(kept), process: this.#mappings.processId });
    });
  }

  #write(kept: Kept): MatchRun {
    const { id, mappingId, state } = kept.run;
    this.#mappings.storeRun(id, mappingId, state, kept);
    return kept.run;
  }

  #kept(id: string): Kept | null {
    const kept = Kept.safeParse(this.#mappings.run(id)?.content);
    return kept.success ? kept.data : null;
  }

  /** A run whose process is gone was interrupted. */
  #shown({ run, process }: Kept): MatchRun {
    if (run.state !== 'running' || this.#isActive(run.id)) return run;
    const lives = process !== this.#mappings.processId && this.#mappings.processLives(process);
    return lives ? run : { ...run, state: 'interrupted', note: '' };
  }
}

const noRun = () => fault('not_found', 'There is no such search, or its mapping was removed.');

/** Another process goes on with it. */
export const elsewhere = () =>
  fault('conflict', 'Another window or program goes on with this search.', {
    kept: 'It goes on there.',
    todo: 'Stop it there, or close that program.',
  });

/** What was agreed to was agreed for something else. */
export const otherTask = () =>
  fault('conflict', 'The sides or lines of the mapping were changed since this search began.', {
    kept: 'What was found so far is kept.',
    todo: 'See what it takes now, and begin anew.',
  });
