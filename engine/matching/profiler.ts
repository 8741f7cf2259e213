import { fault } from '../../shared/errors.ts';
import { unpackStatistics, type VoiceStatistics } from '../../shared/profile/voice-statistics.ts';
import { countSyllables } from '../../shared/text/syllables.ts';
import type { Library } from '../library/library.ts';
import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import { ProfileAnswer } from './profile-task.ts';
import { spokenWords } from './spoken-words.ts';

/** Says how the voice of a take speaks. */
export interface Profiler {
  /**
   * Statistics of the voice in a take as it is stored, which are kept with its sound.
   * @throws FaultError not_found, conflict while it is being made, cancelled when closed meanwhile
   */
  statistics(takeId: string): Promise<VoiceStatistics>;
  /** Ends the thread. */
  close(): Promise<void>;
}

/** A profiler with a thread of its own, which starts with the first take. */
export function createProfiler(library: () => Library): Profiler {
  const worker = new TaskWorker(
    workerUrl('profile-worker', './profile-worker.ts', import.meta.url),
    'profiling of voices',
  );
  const making = new Map<string, Promise<VoiceStatistics>>();

  async function make(takeId: string): Promise<VoiceStatistics> {
    const sound = library().audio(takeId);
    const take = library().take(takeId);
    if (!sound || sound.samples === 0) throw fault('not_found', 'The sound of this take is not there.');
    if (take?.state === 'rendering') throw fault('conflict', 'This take is still being made.');
    // Half of a text says nothing of the pace.
    const text = take?.state === 'done' ? spokenWords(take.text).text : '';
    const syllables = text === '' ? null : countSyllables(text, take?.language ?? null);
    const { statistics } = await worker.run({ sound, syllables }, ProfileAnswer);
    library().mappings.storeProfile(takeId, statistics);
    const read = unpackStatistics(statistics);
    if (!read) throw fault('internal', 'What was measured of a voice cannot be read.');
    return read;
  }

  return {
    async statistics(takeId) {
      const kept = library().mappings.profile(takeId);
      const known = kept && unpackStatistics(kept);
      if (known) return known;
      let work = making.get(takeId);
      if (!work) {
        work = make(takeId).finally(() => making.delete(takeId));
        making.set(takeId, work);
      }
      return work;
    },
    close: () => worker.close(),
  };
}
