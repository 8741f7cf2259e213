import { fault } from '../../shared/errors.ts';
import type { ListeningTestInput } from '../../shared/schemas/listening.ts';
import type { StoredTest } from '../../shared/schemas/listening-key.ts';
import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import type { Library } from '../library/library.ts';

/** Lowest rate that can be played, in Hz. */
const LEAST_RATE = 8000;

/**
 * What the studio does of every take of a test, by the take’s id.
 * @throws FaultError not_found, conflict while one of them is being made, unsupported
 */
function studioOf(library: Library, { texts }: ListeningTestInput): StoredTest['studio'] {
  const ids = new Set(texts.flatMap(({ takes, reference }) => (reference ? [...takes, reference] : takes)));
  return Object.fromEntries(
    [...ids].map((id) => {
      const take = library.take(id);
      if (!take) throw fault('not_found', 'One of the takes does not exist (any more).', { param: 'texts' });
      if (take.state === 'rendering') {
        throw fault('conflict', 'One of the takes is still being made.', { todo: 'Try again when it is done.' });
      }
      const sound = library.audio(id);
      if (!sound) throw fault('not_found', 'One of the takes has no sound.', { param: 'texts' });
      if (sound.sampleRate < LEAST_RATE || sound.sampleRate > CHAIN_RATE) {
        throw fault('unsupported', `Sound at ${sound.sampleRate} Hz cannot be played.`, { param: 'texts' });
      }
      return [id, take.studio];
    }),
  );
}

/** Makes a test of takes that are there. @throws FaultError not_found, conflict, unsupported */
export function newTest(library: Library, input: ListeningTestInput): StoredTest {
  return library.listening.create(input, studioOf(library, input));
}

/**
 * Ends a test and lifts its blindness.
 *
 * @param force also while listeners are not done; their sessions are abandoned
 * @throws FaultError not_found, conflict
 */
export function revealTest(library: Library, id: string, force: boolean): void {
  const store = library.listening;
  store.transaction(() => {
    const test = store.test(id);
    if (!test) throw fault('not_found', 'There is no such listening test.', { param: 'id' });
    if (test.revealedAt !== null) return;
    const open = store.sessions.ofTest(id).filter(({ state }) => state === 'running' || state === 'away');
    if (open.length > 0 && !force) {
      const names = open.map(({ listener }) => `“${listener}”`).join(', ');
      throw fault('conflict', `Not everybody is done: ${names}.`, {
        kept: 'The test stays blind.',
        todo: 'Wait for them, or reveal it all the same: what they answer later does not count.',
      });
    }
    const now = Date.now();
    for (const session of open) store.sessions.setState(session.id, 'abandoned', now);
    store.reveal(id, now);
  });
}
