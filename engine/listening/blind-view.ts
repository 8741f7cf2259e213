import {
  type ListeningSession,
  type ListeningSessionEntry,
  type ListeningTest,
  type ListeningTrial,
  trialsEach,
} from '../../shared/schemas/listening.ts';
import type { StoredSession, StoredTest, StoredTrial } from '../../shared/schemas/listening-key.ts';
import type { ListeningStore } from '../library/listening-store.ts';

// What may be seen of listening tests while they are blind. Everything is taken over field by field: what is added to a
// stored test or trial later stays hidden.

/** A session in a list. */
export function entryOf(store: ListeningStore, session: StoredSession): ListeningSessionEntry {
  const { id, listener, state, createdAt, endedAt } = session;
  return { id, listener, state, ...store.sessions.progress(id), createdAt, endedAt };
}

/** A test without its key. */
export function testView(store: ListeningStore, test: StoredTest): ListeningTest {
  const texts = test.texts.length;
  return {
    id: test.id,
    projectId: test.projectId,
    comparisonId: test.comparisonId,
    name: test.name,
    method: test.method,
    state: test.revealedAt === null ? 'open' : 'revealed',
    slots: test.slots.length,
    texts,
    trials: trialsEach({ ...test, texts }),
    listeners: test.listeners,
    showText: test.showText,
    equalLoudness: test.equalLoudness,
    sessions: store.sessions.ofTest(test.id).map((session) => entryOf(store, session)),
    createdAt: test.createdAt,
    revealedAt: test.revealedAt,
  };
}

/** What a session needs of its test, whether that is here or came in a file. */
export interface SessionTest {
  name: string;
  method: ListeningTest['method'];
  /** The words of a text; null where they are not read. */
  words(text: number): string | null;
}

/** A trial without its key. */
export function trialView(trial: StoredTrial, of: number, test: SessionTest): ListeningTrial {
  return {
    id: trial.id,
    sessionId: trial.sessionId,
    method: test.method,
    index: trial.index,
    of,
    text: test.words(trial.text),
    places: trial.places.map(({ place, stimulus, rated }) => ({ place, stimulus, rated })),
    draft: trial.draft,
  };
}

/** A session with the trial that is next. */
export function sessionView(
  store: ListeningStore,
  session: StoredSession,
  test: SessionTest,
  trial: StoredTrial | null,
): ListeningSession {
  const entry = entryOf(store, session);
  return {
    ...entry,
    testId: session.testId,
    name: test.name,
    method: test.method,
    trial: trial && trialView(trial, entry.of, test),
  };
}
