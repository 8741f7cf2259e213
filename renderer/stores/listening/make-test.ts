import type { Comparison } from '../../../shared/schemas/comparison.ts';
import type { ListeningSession, ListeningTest } from '../../../shared/schemas/listening.ts';
import { flushComparison } from '../compare/comparisons.ts';
import { createTest, readTest, startSession } from './listening-calls.ts';
import { listenerNames, type SetupDraft, testInput } from './setup.ts';
import { noteTest } from './tests.ts';
import { planListeners } from './waiting.ts';

/** A test as it was made, and the sessions that are given out as files. */
export interface MadeTest {
  test: ListeningTest;
  away: ListeningSession[];
  /** Listeners on this machine, in their order. */
  here: string[];
}

/** Makes the test of a plan; who listens here is noted, who listens elsewhere has a session that waits. @throws FaultError */
export async function makeTest(comparison: Comparison, draft: SetupDraft): Promise<MadeTest> {
  await flushComparison();
  const made = await createTest(testInput(comparison, draft));
  const named = listenerNames(draft).map((name, index) => ({ name, away: draft.listeners[index]?.away ?? false }));
  const here = named.filter(({ away }) => !away).map(({ name }) => name);
  planListeners(made.id, here);
  const away: ListeningSession[] = [];
  for (const { name } of named.filter((one) => one.away)) {
    away.push(await startSession(made.id, { listener: name, away: true }));
  }
  const test = await readTest(made.id);
  noteTest(test);
  return { test, away, here };
}
