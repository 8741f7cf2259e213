import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import { AnalysisAnswer, type StoredSound } from './analysis-task.ts';
import type { Analysis } from './measure-take.ts';

/** Measures takes without stalling the engine. */
export interface Analyser {
  /**
   * Measures a sound, and works out what its waveform and pitch curve are drawn from. One after the other.
   *
   * @param samples s16, one channel
   * @param sampleRate Hz
   * @throws FaultError cancelled, when the analyser is closed meanwhile; internal
   */
  analyse(samples: Int16Array, sampleRate: number): Promise<Analysis>;
  /**
   * The same of a sound on disk, which only the thread reads.
   * @throws FaultError as {@link analyse}; not_found
   */
  analyseStored(sound: StoredSound): Promise<Analysis>;
  /** Ends the thread. Analyses under way fail as cancelled. */
  close(): Promise<void>;
}

/** An analyser with a thread of its own, which starts with the first sound. */
export function createAnalyser(): Analyser {
  const worker = new TaskWorker(workerUrl('analysis-worker', './analysis-worker.ts', import.meta.url), 'analysis');
  return {
    analyse: (samples, sampleRate) => worker.run({ samples, sampleRate }, AnalysisAnswer),
    analyseStored: ({ path, samples, sampleRate }) => worker.run({ path, samples, sampleRate }, AnalysisAnswer),
    close: () => worker.close(),
  };
}
