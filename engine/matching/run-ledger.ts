import { z } from 'zod';
import { type Fault, fault } from '../../shared/errors.ts';
import type { MappingRow, WholeMapping } from '../../shared/schemas/mapping.ts';
import { MatchRun } from '../../shared/schemas/match-run.ts';
import type { Library } from '../library/library.ts';
import type { Purse } from './purse.ts';

/** A run as it is kept, with the rows that are done and the process that goes on with it. */
const Kept = z.object({ run: MatchRun, doneIds: z.array(z.string()), process: z.number().int() });
type Kept = z.infer<typeof Kept>;

/** Runs in the library: everything is there before it is told, so that a run goes on after a crash. */
export class RunLedger {
  readonly #library: () => Library;
  readonly #isActive: (id: string) => boolean;

  /** @param isActive whether this process goes on with a run */
  constructor(library: () => Library, isActive: (id: string) => boolean) {
    this.#library = library;
    this.#isActive = isActive;
  }

  store(run: MatchRun): MatchRun {
    const doneIds = this.#kept(run.id)?.doneIds ?? [];
    this.#write({ run, doneIds, process: process.pid });
    return run;
  }

  one(id: string): MatchRun | null {
    const kept = this.#kept(id);
    return kept && this.#shown(kept);
  }

  /** @throws FaultError not_found */
  known(id: string): MatchRun {
    const run = this.one(id);
    if (!run) throw fault('not_found', 'There is no such search.');
    return run;
  }

  /** Those of a mapping, the newest first. */
  all(mappingId: string): MatchRun[] {
    return this.#library()
      .mappings.runs(mappingId)
      .flatMap(({ content }) => {
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

  done(id: string, rowId: string, purse: Purse): void {
    const kept = this.#kept(id);
    if (!kept) return;
    const doneIds = [...new Set([...kept.doneIds, rowId])];
    const run = { ...kept.run, done: doneIds.length, renders: purse.renders, cost: purse.cost };
    this.#write({ ...kept, run, doneIds });
  }

  failed(id: string, rowId: string, why: Fault, purse: Purse): void {
    const kept = this.#kept(id);
    if (!kept) return;
    const failed = [...kept.run.failed, { rowId, fault: why }];
    this.#write({ ...kept, run: { ...kept.run, failed, renders: purse.renders, cost: purse.cost } });
  }

  #write(kept: Kept): void {
    const { id, mappingId, state } = kept.run;
    this.#library().mappings.storeRun(id, mappingId, state, kept);
  }

  #kept(id: string): Kept | null {
    const kept = Kept.safeParse(this.#library().mappings.run(id)?.content);
    return kept.success ? kept.data : null;
  }

  /** A run whose process is gone was interrupted. */
  #shown({ run, process: by }: Kept): MatchRun {
    if (run.state !== 'running' || this.#isActive(run.id)) return run;
    return by !== process.pid && isAlive(by) ? run : { ...run, state: 'interrupted', note: '' };
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Somebody else's process is one that lives.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}
