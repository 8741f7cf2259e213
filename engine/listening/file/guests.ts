import { existsSync } from 'node:fs';
import { fault } from '../../../shared/errors.ts';
import { stimulusBytes } from '../../../shared/listening/stimulus-body.ts';
import type { ListeningAnswersFile, ListeningManifest } from '../../../shared/schemas/listening-file.ts';
import { LISTENING_FILE_VERSION } from '../../../shared/schemas/listening-file.ts';
import type { StoredSession, StoredTrial } from '../../../shared/schemas/listening-key.ts';
import type { NewTrial } from '../../library/listening-sessions.ts';
import type { ListeningStore } from '../../library/listening-store.ts';
import { soundGone } from '../make-task.ts';
import { knownSession } from '../sessions.ts';
import type { ReadyTrial } from '../stimuli.ts';
import { checkFile, FILE_LIMIT, fileTooLarge, readFileStimulus } from './read-file.ts';

/** Room for what a zip has beside its sounds, in bytes. */
const BESIDE = 64 * 1024 ** 2;

async function* limited(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of file) {
    bytes += piece.length;
    if (bytes > FILE_LIMIT + BESIDE) throw fileTooLarge('it is too large');
    yield piece;
  }
}

function sessionOf({ session, listener, name, method, texts }: ListeningManifest): StoredSession {
  return {
    id: session,
    testId: null,
    listener,
    state: 'running',
    seeds: null,
    guest: { name, method, texts },
    createdAt: Date.now(),
    endedAt: null,
  };
}

function trialsOf({ trials }: ListeningManifest): NewTrial[] {
  return trials.map(({ id, text, places, samples, switching }, index) => ({
    id,
    index,
    text,
    places: places.map((place) => ({ ...place, what: null, noise: null })),
    prepared: { gains: [], by: null, switching, samples },
  }));
}

/**
 * Opens a listening-test file: its session can be taken here then. Opened once more, it goes on where it was.
 *
 * @returns the session’s id
 * @throws FaultError unsupported, too_large, library_newer, conflict, disk_full, not_writable
 */
export function openGuest(store: ListeningStore, file: AsyncIterable<Uint8Array>): Promise<string> {
  return store.files.bring(limited(file), async (path) => {
    const manifest = await checkFile(path);
    const known = store.sessions.one(manifest.session);
    if (known && known.testId !== null) {
      throw fault('conflict', 'This test was made in this very library.', {
        todo: 'Open the file in a Timbre elsewhere.',
      });
    }
    const keep = () => store.sessions.add(sessionOf(manifest), trialsOf(manifest));
    return { id: manifest.session, keep: known ? null : keep };
  });
}

/** The sounds of a trial that came in a file. */
export function guestTrial(store: ListeningStore, { sessionId, prepared }: StoredTrial): ReadyTrial {
  if (!prepared) throw soundGone();
  const bytes = stimulusBytes(prepared.samples);
  const path = store.files.path(sessionId);
  // Said with a status: once the answer has begun it could only be broken off.
  if (!existsSync(path)) throw soundGone();
  async function* read(stimulus: string) {
    yield await readFileStimulus(path, stimulus, bytes).catch(() => {
      throw soundGone();
    });
  }
  return { prepared, bytes, read };
}

function guest(store: ListeningStore, id: string): StoredSession {
  const { session } = knownSession(store, id);
  if (session.testId !== null) throw fault('conflict', 'This session belongs to a test that was made here.');
  return session;
}

/** The answers that were given here, to be merged where the test was made. @throws FaultError not_found, conflict */
export function guestAnswers(store: ListeningStore, id: string): ListeningAnswersFile {
  const session = guest(store, id);
  const answers = store.sessions.trials(id).flatMap(({ id: trial, answer, shownAt, answeredAt }) => {
    if (!answer || answeredAt === null) return [];
    return [{ trial, answer, shownAt: shownAt ?? answeredAt, answeredAt }];
  });
  return {
    format: 'timbre.listening-answers',
    version: LISTENING_FILE_VERSION,
    session: id,
    listener: session.listener,
    name: session.guest?.name ?? '',
    answers,
    writtenAt: Date.now(),
  };
}

/** Removes a test that came in a file, with its answers. @throws FaultError not_found, conflict */
export async function removeGuest(store: ListeningStore, id: string): Promise<void> {
  guest(store, id);
  store.sessions.remove(id);
  await store.files.remove(id);
}
