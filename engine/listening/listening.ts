import { fault } from '../../shared/errors.ts';
import type {
  ListeningAnswer,
  ListeningDraft,
  ListeningSession,
  ListeningSessionInput,
  ListeningTest,
  ListeningTestInput,
} from '../../shared/schemas/listening.ts';
import type { ListeningAnswersFile, ListeningMergeReport } from '../../shared/schemas/listening-file.ts';
import type { StoredTest, StoredTrial } from '../../shared/schemas/listening-key.ts';
import type { ListeningResults } from '../../shared/schemas/listening-results.ts';
import type { Library } from '../library/library.ts';
import { sessionView, testView } from './blind-view.ts';
import { guestAnswers, guestTrial, openGuest, removeGuest } from './file/guests.ts';
import { mergeAnswers } from './file/merge-answers.ts';
import { writeFile } from './file/write-file.ts';
import type { SoundParts } from './make-task.ts';
import { newTest, revealTest } from './new-test.ts';
import { resultsOf } from './results-of.ts';
import {
  abandonSession,
  giveAnswer,
  hearableTrial,
  keepDraft,
  knownSession,
  knownTest,
  showSession,
  startSession,
  trialAfter,
} from './sessions.ts';
import { createStimuli, type ReadyTrial } from './stimuli.ts';

/** Blind listening tests. What it gives out tells nothing of who is who, until a test is revealed. */
export interface Listening {
  /** Those of a project, the newest first. */
  tests(projectId: string): ListeningTest[];
  /** @throws FaultError not_found */
  test(id: string): ListeningTest;
  /** @throws FaultError not_found, conflict, unsupported */
  create(input: ListeningTestInput): ListeningTest;
  remove(id: string): void;
  restore(id: string): ListeningTest;
  /** @throws FaultError not_found; conflict while listeners are not done, unless forced */
  reveal(id: string, force: boolean): ListeningTest;
  /** What a test came to. @throws FaultError not_found; conflict before the reveal */
  results(id: string): Promise<ListeningResults>;
  /** @throws FaultError not_found, conflict */
  start(testId: string, input: ListeningSessionInput): ListeningSession;
  /** @throws FaultError not_found */
  session(id: string): ListeningSession;
  /** @throws FaultError not_found, conflict */
  abandon(id: string): ListeningSession;
  /** @throws FaultError not_found, conflict, invalid */
  draft(trialId: string, draft: ListeningDraft): void;
  /** @returns the session with its next trial @throws FaultError not_found, conflict, invalid */
  answer(trialId: string, answer: ListeningAnswer): ListeningSession;
  /** The sound of a stimulus of the trial that is next. @throws FaultError not_found, disk_full, cancelled, internal */
  hear(stimulus: string): Promise<ReadyTrial>;
  /** A session that is taken elsewhere, as a file made while it is read. @throws FaultError not_found, conflict, too_large */
  file(sessionId: string): ListeningFile;
  /** Opens such a file. @throws FaultError unsupported, too_large, library_newer, conflict, disk_full, not_writable */
  open(body: AsyncIterable<Uint8Array>): Promise<ListeningSession>;
  /** Sessions of tests that came in a file, the newest first; without a trial, as nobody looks at it yet. */
  guests(): ListeningSession[];
  /** The answers of one of them. @throws FaultError not_found, conflict */
  answers(sessionId: string): ListeningAnswersFile;
  /** @throws FaultError not_found, conflict */
  removeGuest(sessionId: string): Promise<void>;
  /** Takes over the answers of a session that was taken elsewhere. @throws FaultError not_found, conflict */
  merge(answers: ListeningAnswersFile): ListeningMergeReport;
  /** Ends the thread and removes the files of stimuli. */
  close(): Promise<void>;
}

/** A file to be sent to the person. */
export interface ListeningFile {
  name: string;
  body: ReadableStream<Uint8Array>;
}

export interface ListeningParts extends SoundParts {
  library(): Library;
}

/** The room of listening tests. */
export function createListening(parts: ListeningParts): Listening {
  const stimuli = createStimuli(parts);
  const store = () => parts.library().listening;
  const view = (id: string) => testView(store(), knownTest(store(), id));
  const show = (id: string) => showSession(store(), id);
  const peek = (id: string) => {
    const { session, shown } = knownSession(store(), id);
    return sessionView(store(), session, shown, null);
  };

  async function prepare(test: StoredTest, trial: StoredTrial): Promise<ReadyTrial> {
    const ready = await stimuli.ready(test, trial);
    if (!trial.prepared) store().sessions.storePrepared(trial.id, ready.prepared);
    return ready;
  }

  /** Begins with the sounds of the trial before they are asked for. */
  function warmed(session: ListeningSession): ListeningSession {
    const trial = session.trial && store().sessions.trial(session.trial.id);
    const test = session.testId === null ? null : store().test(session.testId);
    // Should it fail, it is tried again when it is asked for.
    if (trial && test) stimuli.ready(test, trial).catch(() => undefined);
    return session;
  }

  function file(id: string): ListeningFile {
    const { session, test } = knownSession(store(), id);
    if (!test || session.state !== 'away' || test.revealedAt !== null) {
      throw fault('conflict', 'This session is not one that is given out as a file.');
    }
    const trials = store().sessions.trials(id);
    const body = writeFile({ sounds: parts, test, session, trials, ready: (trial) => prepare(test, trial) });
    return { name: `${test.name} - ${session.listener}.timbre-test`, body };
  }

  async function hear(stimulus: string): Promise<ReadyTrial> {
    const { trial, known } = hearableTrial(store(), stimulus);
    const { test } = known;
    if (!test) return guestTrial(store(), trial);
    const ready = await prepare(test, trial);
    const next = trialAfter(store(), trial);
    // Should it fail, it is tried again when it is asked for.
    if (next) stimuli.ready(test, next).catch(() => undefined);
    return ready;
  }

  return {
    tests: (projectId) =>
      store()
        .tests(projectId)
        .map((test) => testView(store(), test)),
    test: view,
    create: (input) => testView(store(), newTest(parts.library(), input)),
    remove: (id) => store().remove(id),
    restore: (id) => testView(store(), store().restore(id)),
    reveal(id, force) {
      revealTest(parts.library(), id, force);
      return view(id);
    },
    results: (id) => resultsOf(store(), id),
    start: (testId, input) => warmed(show(startSession(store(), testId, input).id)),
    session: (id) => warmed(show(id)),
    abandon(id) {
      abandonSession(store(), id);
      return show(id);
    },
    draft: (trialId, draft) => keepDraft(store(), trialId, draft),
    answer: (trialId, answer) => show(giveAnswer(store(), trialId, answer)),
    hear,
    file,
    open: async (body) => show(await openGuest(store(), body)),
    guests: () =>
      store()
        .sessions.guests()
        .map(({ id }) => peek(id)),
    answers: (id) => guestAnswers(store(), id),
    removeGuest: (id) => removeGuest(store(), id),
    merge: (answers) => mergeAnswers(store(), answers),
    close: () => stimuli.close(),
  };
}
