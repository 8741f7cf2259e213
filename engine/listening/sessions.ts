import { isDeepStrictEqual } from 'node:util';
import { fault } from '../../shared/errors.ts';
import { objectionTo } from '../../shared/listening/check-answer.ts';
import type {
  ListeningAnswer,
  ListeningDraft,
  ListeningSession,
  ListeningSessionInput,
} from '../../shared/schemas/listening.ts';
import type { AnswerRecord, StoredSession, StoredTest, StoredTrial } from '../../shared/schemas/listening-key.ts';
import type { ListeningStore } from '../library/listening-store.ts';
import { type SessionTest, sessionView } from './blind-view.ts';
import { newSession } from './new-session.ts';

/** A session, and its test: null where that came in a file. */
export interface KnownSession {
  session: StoredSession;
  test: StoredTest | null;
  /** What a listener may know of it. */
  shown: SessionTest;
}

const KEPT = 'Every answer given so far is kept.';
const noSession = () => fault('not_found', 'There is no such listening session.', { param: 'id' });
const noTrial = () => fault('not_found', 'There is no such trial.', { param: 'id' });

/** A test that is there. @throws FaultError not_found */
export function knownTest(store: ListeningStore, id: string): StoredTest {
  const test = store.test(id);
  if (!test) throw fault('not_found', 'There is no such listening test.', { param: 'id' });
  return test;
}

/** A session whose test is there. @throws FaultError not_found */
export function knownSession(store: ListeningStore, id: string): KnownSession {
  const session = store.sessions.one(id);
  if (!session) throw noSession();
  if (session.testId === null) {
    const { guest } = session;
    if (!guest) throw noSession();
    const words = (text: number) => guest.texts[text] ?? null;
    return { session, test: null, shown: { name: guest.name, method: guest.method, words } };
  }
  const test = knownTest(store, session.testId);
  const words = (text: number) => (test.showText ? (test.texts[text]?.text ?? null) : null);
  return { session, test, shown: { name: test.name, method: test.method, words } };
}

/** The trial a session is at, or null where it does not run (any more). */
function current(store: ListeningStore, { session, test }: KnownSession): StoredTrial | null {
  if (session.state !== 'running' || (test && test.revealedAt !== null)) return null;
  return store.sessions.open(session.id, 1)[0] ?? null;
}

/** A session as the listener sees it; its trial counts as shown from now on. */
export function showSession(store: ListeningStore, id: string): ListeningSession {
  const known = knownSession(store, id);
  const trial = current(store, known);
  if (trial) store.sessions.storeShown(trial.id, Date.now());
  return sessionView(store, known.session, known.shown, trial);
}

/**
 * Starts a session of an open test. A listener has one of each: who could start anew until it came out well would prove
 * nothing.
 *
 * @throws FaultError not_found, conflict
 */
export function startSession(store: ListeningStore, testId: string, input: ListeningSessionInput): StoredSession {
  return store.transaction(() => {
    const test = knownTest(store, testId);
    if (test.revealedAt !== null) throw revealed();
    const name = (text: string) => text.normalize('NFC').toLocaleLowerCase('en');
    const same = store.sessions
      .ofTest(testId)
      .find(({ listener, state }) => state !== 'abandoned' && name(listener) === name(input.listener));
    if (same) {
      throw fault('conflict', `“${same.listener}” has taken this test already, or is taking it.`, {
        todo: 'Go on with that session, or use another name for another person.',
        param: 'listener',
      });
    }
    const { session, trials } = newSession(test, input.listener, input.away);
    store.sessions.add(session, trials);
    return session;
  });
}

/** Ends a session before its last trial. What was answered is kept and shown, and does not count. */
export function abandonSession(store: ListeningStore, id: string): void {
  store.transaction(() => {
    const { session } = knownSession(store, id);
    if (session.state === 'finished') throw fault('conflict', 'This session is finished.', { kept: KEPT });
    if (session.state !== 'abandoned') store.sessions.setState(id, 'abandoned', Date.now());
  });
}

/** The trial of this id, which must be the one its session is at. @throws FaultError not_found, conflict */
function currentTrial(store: ListeningStore, id: string): { trial: StoredTrial; known: KnownSession } {
  const trial = store.sessions.trial(id);
  if (!trial) throw noTrial();
  const known = knownSession(store, trial.sessionId);
  refuseEnded(known);
  if (current(store, known)?.id !== id) {
    throw fault('conflict', 'This trial is not the one that is next.', { kept: KEPT, todo: 'Load the session anew.' });
  }
  return { trial, known };
}

function revealed() {
  return fault('conflict', 'This test has been revealed: it takes no more answers.', { kept: KEPT });
}

function refuseEnded({ session, test }: KnownSession): void {
  if (test && test.revealedAt !== null) throw revealed();
  if (session.state === 'away') {
    throw fault('conflict', 'This session was given out as a file and is taken elsewhere.', {
      todo: 'Merge the file of its answers when it comes back.',
    });
  }
  if (session.state !== 'running') throw fault('conflict', 'This session has ended.', { kept: KEPT });
}

/** The trial that a stimulus may be heard for now: only of the trial that is next. @throws FaultError not_found */
export function hearableTrial(store: ListeningStore, stimulus: string): { trial: StoredTrial; known: KnownSession } {
  const trial = store.sessions.trialOf(stimulus);
  const session = trial && store.sessions.one(trial.sessionId);
  // Whatever the reason is, the answer is the same.
  const gone = () => fault('not_found', 'This sound is not to be heard (any more).', { param: 'id' });
  if (!trial || !session || (session.testId !== null && !store.test(session.testId))) throw gone();
  const known = knownSession(store, session.id);
  if (current(store, known)?.id !== trial.id) throw gone();
  return { trial, known };
}

/** The trial behind one, which can be made ready meanwhile. */
export function trialAfter(store: ListeningStore, trial: StoredTrial): StoredTrial | null {
  return store.sessions.open(trial.sessionId, 2).find(({ id }) => id !== trial.id) ?? null;
}

/** Keeps how far a page is. @throws FaultError not_found, conflict, invalid */
export function keepDraft(store: ListeningStore, trialId: string, draft: ListeningDraft): void {
  store.transaction(() => {
    const { trial } = currentTrial(store, trialId);
    const named = [...Object.keys(draft.ratings), ...Object.keys(draft.heard)];
    if (!named.every((id) => trial.places.some(({ stimulus }) => stimulus === id))) {
      throw fault('invalid', 'Something in the draft is not of this trial.', { param: 'heard' });
    }
    store.sessions.storeDraft(trialId, draft);
  });
}

/** What is stored with an answer. */
export function recordOf(
  test: StoredTest,
  session: StoredSession,
  trial: StoredTrial,
  times: { shownAt: number; answeredAt: number },
): AnswerRecord | null {
  const { seeds } = session;
  const { prepared, index, text, places } = trial;
  if (!seeds || !prepared) return null;
  const { method, equalLoudness } = test;
  return { method, seeds, index, text, places, equalLoudness, prepared, ...times };
}

/**
 * Stores an answer for good, with all that is needed to understand it, in one step. The same answer once more, as after a
 * lost connection, changes nothing.
 *
 * @returns the session’s id
 * @throws FaultError not_found, conflict, invalid
 */
export function giveAnswer(store: ListeningStore, trialId: string, answer: ListeningAnswer): string {
  return store.transaction(() => {
    const before = store.sessions.trial(trialId);
    if (before?.answer) {
      if (isDeepStrictEqual(before.answer, answer)) return before.sessionId;
      throw fault('conflict', 'This trial was answered before, and an answer stays as it was given.', { kept: KEPT });
    }
    const { trial, known } = currentTrial(store, trialId);
    const { session, test, shown } = known;
    const objection = objectionTo(answer, shown.method, trial.places);
    if (objection) throw fault('invalid', objection.message, { param: objection.param });
    if (!trial.prepared) throw fault('invalid', 'Nothing of this trial was heard yet.', { param: 'heard' });
    const answeredAt = Date.now();
    const times = { shownAt: trial.shownAt ?? answeredAt, answeredAt };
    const record = test && recordOf(test, session, trial, times);
    store.sessions.storeAnswer(trialId, { answer, record, answeredAt });
    if (store.sessions.open(session.id, 1).length === 0) store.sessions.setState(session.id, 'finished', answeredAt);
    return session.id;
  });
}
