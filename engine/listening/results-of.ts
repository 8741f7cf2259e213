import { fault } from '../../shared/errors.ts';
import { type AnsweredSession, listeningResults } from '../../shared/listening/results.ts';
import type { ListeningResults } from '../../shared/schemas/listening-results.ts';
import type { ListeningStore } from '../library/listening-store.ts';
import { entryOf } from './blind-view.ts';
import { knownTest } from './sessions.ts';

/** What a revealed test came to. @throws FaultError not_found; conflict before the reveal */
export function resultsOf(store: ListeningStore, testId: string): ListeningResults {
  const test = knownTest(store, testId);
  if (test.revealedAt === null) {
    throw fault('conflict', 'This test has not been revealed yet.', { todo: 'Reveal it when all listeners are done.' });
  }
  const sessions = store.sessions.ofTest(testId).map((session): AnsweredSession => {
    const trials = store.sessions
      .trials(session.id)
      .flatMap(({ answer, record }) => (answer && record ? [{ answer, record }] : []));
    return { entry: entryOf(store, session), trials };
  });
  return listeningResults(test, sessions, test.revealedAt);
}
