import { randomInt, randomUUID } from 'node:crypto';
import { type PlannedTrial, plannedTrials } from '../../shared/listening/planned-trials.ts';
import type { StoredSession, StoredTest } from '../../shared/schemas/listening-key.ts';
import type { NewTrial } from '../library/listening-sessions.ts';

/** Even over all seeds there are. */
const newSeed = () => randomInt(2 ** 32);

/** Ids and the seed of the noise are drawn for each stimulus by itself: none of them tells anything of another. */
function newTrial({ text, places }: PlannedTrial, index: number): NewTrial {
  return {
    id: randomUUID(),
    index,
    text,
    places: places.map((place) => ({ ...place, stimulus: randomUUID(), noise: newSeed() })),
  };
}

/** A session for a listener, with all of its trials. */
export function newSession(
  test: StoredTest,
  listener: string,
  away: boolean,
): { session: StoredSession; trials: NewTrial[] } {
  const seeds = { texts: newSeed(), places: newSeed() };
  const planned = plannedTrials({ ...test, slots: test.slots.length, texts: test.texts.length }, seeds);
  return {
    session: {
      id: randomUUID(),
      testId: test.id,
      listener,
      state: away ? 'away' : 'running',
      seeds,
      guest: null,
      createdAt: Date.now(),
      endedAt: null,
    },
    trials: planned.map(newTrial),
  };
}
