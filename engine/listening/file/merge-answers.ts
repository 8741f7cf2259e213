import { isDeepStrictEqual } from 'node:util';
import { fault } from '../../../shared/errors.ts';
import { objectionTo } from '../../../shared/listening/check-answer.ts';
import type { ListeningAnswersFile, ListeningMergeReport } from '../../../shared/schemas/listening-file.ts';
import type { StoredSession, StoredTest } from '../../../shared/schemas/listening-key.ts';
import type { ListeningStore } from '../../library/listening-store.ts';
import { knownTest, recordOf } from '../sessions.ts';

type FileAnswer = ListeningAnswersFile['answers'][number];
type Merged = 'added' | 'known' | { problem: string };

/** The session that answers belong to, which must be away and of a test that is still blind. */
function awaited(store: ListeningStore, id: string): { session: StoredSession; test: StoredTest } {
  const session = store.sessions.one(id);
  if (!session || session.testId === null) {
    throw fault('not_found', 'The session of these answers is not in this library.', {
      todo: 'Merge them in the library in which the test was made.',
      param: 'session',
    });
  }
  const test = knownTest(store, session.testId);
  if (test.revealedAt !== null) {
    throw fault('conflict', 'This test has been revealed: it takes no more answers.', {
      kept: 'The file is as it was.',
    });
  }
  if (session.state === 'running' || session.state === 'abandoned') {
    const why = session.state === 'running' ? 'is taken here, not by a file' : 'was abandoned';
    throw fault('conflict', `This session ${why}.`, { kept: 'The file is as it was.' });
  }
  return { session, test };
}

/** How far the clock of another machine may be ahead, in ms. */
const CLOCKS_APART_MS = 24 * 3600 * 1000;

function mergeOne(
  store: ListeningStore,
  { session, test }: { session: StoredSession; test: StoredTest },
  { trial: id, answer, shownAt, answeredAt }: FileAnswer,
): Merged {
  const trial = store.sessions.trial(id);
  if (!trial || trial.sessionId !== session.id) return { problem: 'It is of no trial of this session.' };
  if (trial.answer) {
    if (isDeepStrictEqual(trial.answer, answer)) return 'known';
    return { problem: `Trial ${trial.index + 1} was answered otherwise before; that answer stays.` };
  }
  if (answeredAt < shownAt || answeredAt > Date.now() + CLOCKS_APART_MS) {
    return { problem: `Trial ${trial.index + 1} says it was answered when it cannot have been.` };
  }
  const objection = objectionTo(answer, test.method, trial.places);
  if (objection) return { problem: `Trial ${trial.index + 1}: ${objection.message}` };
  const record = recordOf(test, session, trial, { shownAt, answeredAt });
  if (!record) return { problem: `Trial ${trial.index + 1} was never given out.` };
  store.sessions.storeAnswer(id, { answer, record, answeredAt });
  return 'added';
}

/**
 * Takes over the answers of a session that was taken elsewhere, all in one step. The same file once more changes nothing;
 * of a session that is only half done, what is there is taken over, and the rest can follow.
 *
 * @throws FaultError not_found, conflict
 */
export function mergeAnswers(store: ListeningStore, file: ListeningAnswersFile): ListeningMergeReport {
  return store.transaction(() => {
    const known = awaited(store, file.session);
    const merged = file.answers.map((answer) => mergeOne(store, known, answer));
    const left = store.sessions.progress(file.session);
    const open = left.of - left.answered;
    const last = file.answers.reduce((latest, { answeredAt }) => Math.max(latest, answeredAt), 0);
    if (open === 0 && known.session.state !== 'finished') store.sessions.setState(file.session, 'finished', last);
    return {
      testId: known.test.id,
      sessionId: file.session,
      listener: known.session.listener,
      added: merged.filter((one) => one === 'added').length,
      known: merged.filter((one) => one === 'known').length,
      left: open,
      problems: merged.flatMap((one) => (typeof one === 'object' ? [one.problem] : [])),
    };
  });
}
