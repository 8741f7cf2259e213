import { fault } from '../../shared/errors.ts';
import { type AnsweredSession, listeningResults } from '../../shared/listening/results.ts';
import type { ListeningResults } from '../../shared/schemas/listening-results.ts';
import type { ListeningStore } from '../library/listening-store.ts';
import { entryOf } from './blind-view.ts';
import { knownTest } from './sessions.ts';

/** What a revealed test came to. Others go on meanwhile: answers are read in turns. @throws FaultError not_found; conflict before the reveal */
export async function resultsOf(store: ListeningStore, testId: string): Promise<ListeningResults> {
  const test = knownTest(store, testId);
  if (test.revealedAt === null) {
    throw fault('conflict', 'This test has not been revealed yet.', { todo: 'Reveal it when all listeners are done.' });
  }
  const sessions: AnsweredSession[] = [];
  for (const session of store.sessions.ofTest(testId)) {
    const trials = await store.sessions.trialsInTurns(session.id);
    const answered = trials.flatMap(({ answer, record }) => (answer && record ? [{ answer, record }] : []));
    sessions.push({ entry: entryOf(store, session), trials: answered });
  }
  return listeningResults(test, sessions, test.revealedAt);
}
