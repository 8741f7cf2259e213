import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { StoredSession, StoredTest, StoredTrial } from '../../../shared/schemas/listening-key.ts';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { ListeningStore } from '../listening-store.ts';
import type { Place } from '../place.ts';
import { LIMITS } from './format.ts';

const TestLine = z.object({ test: StoredTest });
/** The session of a test that is still blind is sealed. */
const SessionLine = z.object({ sealed: z.string() });
const Session = z.object({ session: StoredSession, trials: z.array(StoredTrial).min(1) });
type Session = z.infer<typeof Session>;

/**
 * A session in a form that nobody reads in passing: a project file goes through the hands of people who are still to
 * listen. It is an envelope, no lock: without the key in it a backup would not be whole.
 */
const seal = (session: Session) => deflateRawSync(JSON.stringify(session)).toString('base64');

function unseal(sealed: string): Session {
  const bytes = inflateRawSync(Buffer.from(sealed, 'base64'), { maxOutputLength: LIMITS.list });
  return Session.parse(JSON.parse(bytes.toString()));
}

/** The listening tests of a project, each as a line of JSON, with their sessions behind them. */
export function* listeningLines(place: Place, projectId: string): Generator<string> {
  const store = new ListeningStore(place);
  for (const test of store.tests(projectId)) {
    yield `${JSON.stringify({ test })}\n`;
    for (const session of store.sessions.ofTest(test.id)) {
      yield `${JSON.stringify({ sealed: seal({ session, trials: store.sessions.trials(session.id) }) })}\n`;
    }
  }
}

/** Ends a test that was revealed elsewhere: who has not finished it here no more can. */
function takeReveal(store: ListeningStore, { id }: StoredTest, at: number): void {
  for (const { id: session, state } of store.sessions.ofTest(id)) {
    if (state === 'running' || state === 'away') store.sessions.setState(session, 'abandoned', at);
  }
  store.reveal(id, at);
}

/** Adds what was answered elsewhere and not here. An answer that is here stays, and so does a trial that is another one. */
function complete(store: ListeningStore, here: StoredSession, { session, trials }: Session): void {
  const { sessions } = store;
  const known = new Map(sessions.trials(here.id).map((trial) => [trial.id, trial]));
  for (const { id, places, prepared, shownAt, answer, record, answeredAt } of trials) {
    const own = known.get(id);
    if (!own || own.answer || !answer || answeredAt === null || !isDeepStrictEqual(own.places, places)) continue;
    if (!own.prepared && prepared) sessions.storePrepared(id, prepared);
    if (shownAt !== null) sessions.storeShown(id, shownAt);
    sessions.storeAnswer(id, { answer, record, answeredAt });
  }
  const { answered, of } = sessions.progress(here.id);
  const state = answered === of ? 'finished' : session.state;
  const open = here.state === 'running' || here.state === 'away';
  if (here.state === 'finished' || (!open && state !== 'finished')) return;
  if (state === 'finished' || state === 'abandoned') sessions.setState(here.id, state, session.endedAt ?? Date.now());
}

/**
 * Takes over one line. Of a test or session that is here, what is missing is added; one that was removed comes back.
 *
 * @throws what says why the line cannot be taken over
 */
export function mergeListeningLine(place: Place, projectId: string, text: string): void {
  const store = new ListeningStore(place);
  store.transaction(() => merge(place, store, projectId, text));
}

function merge(place: Place, store: ListeningStore, projectId: string, text: string): void {
  const line = z.union([TestLine, SessionLine]).parse(parseJson(text));
  if ('test' in line) {
    const known = place.database.get('SELECT deleted_at FROM listening_tests WHERE id = ?', line.test.id);
    if (known === undefined) store.insert({ ...line.test, projectId });
    else {
      if (known.deleted_at !== null) store.restore(line.test.id);
      const here = store.test(line.test.id);
      if (here?.revealedAt === null && line.test.revealedAt !== null) takeReveal(store, here, line.test.revealedAt);
    }
    return;
  }
  const { session, trials } = unseal(line.sealed);
  if (session.testId === null || !store.test(session.testId)) throw new Error('its test is not there');
  const here = store.sessions.one(session.id);
  if (!here) store.sessions.restore(session, trials);
  else if (here.testId === session.testId) complete(store, here, { session, trials });
}
