import type { ListeningSessionEntry } from '../schemas/listening.ts';
import type { StoredTest } from '../schemas/listening-key.ts';
import type { ListeningResults, ResultListener } from '../schemas/listening-results.ts';
import type { AnsweredTrial } from './answered.ts';
import { abxResult, LEVEL, type ListenerTrials, preferenceResult } from './choice-results.ts';
import { ratingResult, unreliableSessions } from './rating-results.ts';
import { resultWords } from './words.ts';

/** A session with all that was answered in it. */
export interface AnsweredSession {
  entry: ListeningSessionEntry;
  trials: readonly AnsweredTrial[];
}

const UNFINISHED =
  'The session was not finished: a number of trials that is chosen before the first is part of the test.';
const UNRELIABLE = 'The hidden reference was rated below 90 in more than 15 % of the pages (ITU-R BS.1534).';

function resultOf(test: StoredTest, counted: readonly ListenerTrials[], left: readonly ListenerTrials[]) {
  const { method } = test;
  if (method === 'abx') return abxResult(counted);
  if (method === 'preference') return preferenceResult(counted, test.texts.length);
  return ratingResult(method, counted, left, test.slots.length);
}

/** What a test came to: nothing but its stored answers goes in. */
export function listeningResults(
  test: StoredTest,
  sessions: readonly AnsweredSession[],
  revealedAt: number,
): ListeningResults {
  const trials = ({ entry, trials: own }: AnsweredSession): ListenerTrials => ({ session: entry.id, trials: own });
  const finished = sessions.filter(({ entry }) => entry.state === 'finished').map(trials);
  const unreliable = test.method === 'mushra' ? unreliableSessions(finished, test.slots.length) : [];
  const listeners: ResultListener[] = sessions.map(({ entry }) => {
    const left = entry.state !== 'finished' ? UNFINISHED : unreliable.includes(entry.id) ? UNRELIABLE : null;
    return { ...entry, left };
  });
  const counts = (session: string) => listeners.some(({ id, left }) => id === session && left === null);
  const all = sessions.map(trials);
  const result = resultOf(
    test,
    all.filter(({ session }) => counts(session)),
    all.filter(({ session }) => !counts(session)),
  );
  const { id, name, slots, texts, equalLoudness, createdAt } = test;
  const known = {
    testId: id,
    name,
    slots,
    texts,
    equalLoudness,
    createdAt,
    revealedAt,
    level: LEVEL,
    listeners,
    result,
  };
  const answers = sessions.flatMap(({ entry, trials: own }) => own.map((trial) => ({ session: entry.id, ...trial })));
  return { ...known, words: resultWords(known), answers };
}
