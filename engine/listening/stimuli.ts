import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fault, toFault } from '../../shared/errors.ts';
import type { PreparedTrial, StoredTest, StoredTrial } from '../../shared/schemas/listening-key.ts';
import { INCOMING_FOLDER } from '../library/files.ts';
import type { Library } from '../library/library.ts';
import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import { makeTask, type SoundParts, soundGone } from './make-task.ts';
import { StimulusAnswer } from './stimulus-task.ts';

/** Trials whose stimuli are kept as files: of some listeners the one they are at, and the next. */
const MOST_KEPT = 6;
/** Trials that are kept whatever room they take: the one a listener is at, and the next. */
const LEAST_KEPT = 2;
/** Bytes of all files: a trial of 11 places of 10 minutes has 640 MB. */
const MOST_BYTES = 256 * 1024 ** 2;

/** What stimuli are made with, and where. */
export interface StimulusParts extends SoundParts {
  library(): Pick<Library, 'audio' | 'home'>;
}

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

/** A trial whose stimuli are made, or were: files can be gone. */
interface KeptTrial {
  trial: StoredTrial;
  work: Promise<ReadyTrial>;
  /** The folder of its files, and of them alone. */
  folder: string;
  /** Bytes of its files; 0 while they are made. */
  bytes: number;
}

const filesOf = ({ trial, folder }: KeptTrial) => trial.places.map(({ stimulus }) => join(folder, stimulus));

/**
 * Makes them in a thread of its own, into files of the library that are removed when they are old, take too much room or the
 * studio closes. Whatever becomes of the files, the stimuli of a trial are made anew, and are the same.
 *
 * @param mostBytes of all files, as long as no two trials need more
 */
export function createStimuli(parts: StimulusParts, mostBytes = MOST_BYTES): Stimuli {
  const worker = new TaskWorker(workerUrl('stimulus-worker', './stimulus-worker.ts', import.meta.url), 'sound maker');
  // What was asked for last stands last.
  const kept = new Map<string, KeptTrial>();
  const name = `listening-${randomUUID()}`;
  const homes = new Set<string>();
  let begun = 0;
  let closed = false;

  const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);

  async function make(test: StoredTest, trial: StoredTrial, folder: string): Promise<ReadyTrial> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { task, prepared } = await makeTask(parts, test, trial, (stimulus) => join(folder, stimulus));
      const { bytes } = await worker.run(task, StimulusAnswer);
      // Opened only when it is read: an answer that nobody takes leaves no file open.
      async function* read(stimulus: string) {
        yield* createReadStream(join(folder, stimulus));
      }
      return { prepared, bytes, read };
    } catch (thrown) {
      throw anonymous(thrown);
    }
  }

  function begin(test: StoredTest, trial: StoredTrial): KeptTrial {
    const home = join(parts.library().home, INCOMING_FOLDER, name);
    homes.add(home);
    begun += 1;
    const folder = join(home, String(begun));
    const one: KeptTrial = { trial, folder, bytes: 0, work: make(test, trial, folder) };
    one.work.then(
      ({ bytes }) => {
        one.bytes = bytes * trial.places.length;
        forgetOldest();
      },
      () => {
        if (kept.get(trial.id) === one) kept.delete(trial.id);
        return remove(folder);
      },
    );
    return one;
  }

  function forgetOldest(): void {
    const all = [...kept.values()];
    let bytes = all.reduce((sum, one) => sum + one.bytes, 0);
    for (const one of all) {
      if (kept.size <= MOST_KEPT && (bytes <= mostBytes || kept.size <= LEAST_KEPT)) return;
      kept.delete(one.trial.id);
      bytes -= one.bytes;
      void one.work.then(() => remove(one.folder)).catch(() => undefined);
    }
  }

  /** Whether nobody has removed its files. */
  const isThere = (one: KeptTrial) => one.bytes === 0 || filesOf(one).every((path) => existsSync(path));

  return {
    async ready(test, trial) {
      if (closed) throw fault('cancelled', 'The studio is closing.');
      const known = kept.get(trial.id);
      const one = known && isThere(known) ? known : begin(test, trial);
      kept.delete(trial.id);
      kept.set(trial.id, one);
      forgetOldest();
      return one.work;
    },
    async close() {
      closed = true;
      await worker.close();
      await Promise.allSettled([...kept.values()].map(({ work }) => work));
      for (const home of homes) await remove(home);
    },
  };
}
