import type { StudioSettings } from '../../shared/controls/controls.ts';
import { fault } from '../../shared/errors.ts';
import { type EqualGains, equalGains, type HeardLevel, withGain } from '../../shared/sound/equal-loudness.ts';
import type { Library } from '../library/library.ts';
import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import { LevelAnswer } from './level-task.ts';

/** Levels kept in memory. */
const KEPT = 2000;

/** A take as it is heard. */
export interface HeardTake {
  takeId: string;
  studio: StudioSettings;
}

/** How loud takes are as they are heard, and what makes them equally loud. */
export interface Levels {
  /** @throws FaultError not_found, cancelled when closed meanwhile */
  level(take: HeardTake): Promise<HeardLevel>;
  /** @throws FaultError as {@link level} */
  gains(takes: readonly HeardTake[]): Promise<EqualGains & { levels: HeardLevel[] }>;
  /** Ends the thread. */
  close(): Promise<void>;
}

/** Measures in a thread of its own, which starts with the first take; what was measured is kept. */
export function createLevels(library: () => Library): Levels {
  const worker = new TaskWorker(workerUrl('level-worker', './level-worker.ts', import.meta.url), 'level meter');
  /** By sound, speed and pitch: volume only adds to it. */
  const kept = new Map<string, Promise<HeardLevel>>();

  function measured(takeId: string, studio: StudioSettings): Promise<HeardLevel> {
    const sound = library().audio(takeId);
    if (!sound || sound.samples === 0) throw fault('not_found', 'The sound of this take is not there.');
    const key = JSON.stringify([sound.path, sound.samples, studio.speed, studio.pitch]);
    const known = kept.get(key);
    if (known) return known;
    const asked = worker.run({ sound, studio: { ...studio, volume: 0 } }, LevelAnswer);
    kept.set(key, asked);
    asked.catch(() => kept.delete(key));
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return asked;
  }

  const level = async ({ takeId, studio }: HeardTake) => withGain(await measured(takeId, studio), studio.volume);
  return {
    level,
    gains: async (takes) => {
      const levels = await Promise.all(takes.map(level));
      return { ...equalGains(levels), levels };
    },
    close: () => worker.close(),
  };
}
