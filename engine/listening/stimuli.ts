import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault, toFault } from '../../shared/errors.ts';
import type { PreparedTrial, StoredTest, StoredTrial } from '../../shared/schemas/listening-key.ts';
import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import { makeTask, type SoundParts, soundGone } from './make-task.ts';
import { StimulusAnswer } from './stimulus-task.ts';

/** Trials whose stimuli are kept as files: of some listeners the one they are at, and the next. */
const KEPT = 6;

/** The stimuli of a trial, ready to be heard. */
export interface ReadyTrial {
  prepared: PreparedTrial;
  /** Bytes of each stimulus. */
  bytes: number;
  /** Reads one. */
  read(stimulus: string): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Makes the sounds of trials. */
export interface Stimuli {
  /**
   * All stimuli of a trial: they are ready at one time, however long each of them takes.
   * @throws FaultError not_found, disk_full, cancelled, internal; none of them says which sound it is about
   */
  ready(test: StoredTest, trial: StoredTrial): Promise<ReadyTrial>;
  /** Ends the thread and removes the files. */
  close(): Promise<void>;
}

/** The same fault without anything that could tell which sound it came from. */
function anonymous(thrown: unknown) {
  const { code } = toFault(thrown);
  if (code === 'cancelled') return thrown;
  if (code === 'not_found' || code === 'conflict') return soundGone();
  const kept = 'Every answer given so far is kept.';
  if (code === 'disk_full') {
    return fault('disk_full', 'There is no room on the disk for the sounds of this trial.', { kept });
  }
  return fault('internal', 'The sounds of this trial could not be made.', { kept, todo: 'Try again.' });
}

/** Makes them in a thread of its own, into files that are removed when they are old or the studio closes. */
export function createStimuli(parts: SoundParts): Stimuli {
  const worker = new TaskWorker(workerUrl('stimulus-worker', './stimulus-worker.ts', import.meta.url), 'sound maker');
  const kept = new Map<string, Promise<ReadyTrial>>();
  let folder: Promise<string> | null = null;
  let closed = false;

  const removeFiles = async ({ places }: StoredTrial) => {
    const home = await folder;
    if (home === null) return;
    for (const { stimulus } of places) await rm(join(home, stimulus), { force: true }).catch(() => undefined);
  };

  async function make(test: StoredTest, trial: StoredTrial): Promise<ReadyTrial> {
    try {
      folder ??= mkdtemp(join(tmpdir(), 'timbre-listening-'));
      const home = await folder;
      const { task, prepared } = await makeTask(parts, test, trial, (stimulus) => join(home, stimulus));
      const { bytes } = await worker.run(task, StimulusAnswer);
      // Opened only when it is read: an answer that nobody takes leaves no file open.
      async function* read(stimulus: string) {
        yield* createReadStream(join(home, stimulus));
      }
      return { prepared, bytes, read };
    } catch (thrown) {
      await removeFiles(trial);
      throw anonymous(thrown);
    }
  }

  const trials = new Map<string, StoredTrial>();
  function forgetOldest(): void {
    const oldest = kept.keys().next().value;
    if (kept.size <= KEPT || oldest === undefined) return;
    const [work, trial] = [kept.get(oldest), trials.get(oldest)];
    kept.delete(oldest);
    trials.delete(oldest);
    if (trial) void work?.then(() => removeFiles(trial)).catch(() => undefined);
  }

  return {
    ready(test, trial) {
      if (closed) return Promise.reject(fault('cancelled', 'The studio is closing.'));
      const known = kept.get(trial.id);
      // What was asked for last is forgotten last.
      kept.delete(trial.id);
      const work = known ?? make(test, trial);
      kept.set(trial.id, work);
      trials.set(trial.id, trial);
      if (!known) work.catch(() => kept.delete(trial.id));
      forgetOldest();
      return work;
    },
    async close() {
      closed = true;
      await worker.close();
      await Promise.allSettled(kept.values());
      if (folder) await rm(await folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
