import { NEUTRAL_SETTINGS } from '../../controls/controls.ts';
import type { ListeningAnswer, ListeningMethod, ListeningSessionState } from '../../schemas/listening.ts';
import type { AnswerRecord, StoredTest } from '../../schemas/listening-key.ts';
import type { AnsweredTrial } from '../answered.ts';
import { plannedTrials } from '../planned-trials.ts';
import type { AnsweredSession } from '../results.ts';

/** An id that is the same for the same number. */
export const madeId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A test without sound. */
export function madeTest(method: ListeningMethod, change: Partial<StoredTest> = {}): StoredTest {
  const slots = ['Heart', 'Bella'].map((voiceName, at) => ({
    id: madeId(at),
    name: '',
    voiceId: `builtin:${voiceName}`,
    voiceName,
    modelId: null,
    settings: NEUTRAL_SETTINGS,
  }));
  return {
    id: madeId(100),
    projectId: madeId(101),
    comparisonId: null,
    name: 'A test',
    method,
    slots,
    texts: [{ text: 'One.', takes: [madeId(10), madeId(11)], reference: method === 'mushra' ? madeId(12) : null }],
    trials: 16,
    rounds: 16,
    listeners: 1,
    showText: true,
    equalLoudness: true,
    studio: {},
    createdAt: 1,
    revealedAt: null,
    ...change,
  };
}

/** How a listener answers who knows, for each trial, what stands where. */
export type Answerer = (record: AnswerRecord) => Pick<ListeningAnswer, 'choice' | 'ratings'>;

/** A session of a listener. @param answered how many trials; by default all */
export function madeSession(
  test: StoredTest,
  number: number,
  answers: Answerer,
  { state = 'finished', answered }: { state?: ListeningSessionState; answered?: number } = {},
): AnsweredSession {
  const seeds = { texts: number, places: 7919 * number + 1 };
  const planned = plannedTrials({ ...test, slots: test.slots.length, texts: test.texts.length }, seeds);
  const trials = planned.slice(0, answered).map(({ text, places }, index): AnsweredTrial => {
    const record: AnswerRecord = {
      method: test.method,
      seeds,
      index,
      text,
      places: places.map((place, at) => ({ ...place, stimulus: madeId(1000 + index * 20 + at), noise: at })),
      equalLoudness: true,
      prepared: { gains: places.map(() => 0), by: 'loudness', switching: 'word', samples: 48_000 },
      shownAt: 10,
      answeredAt: 20,
    };
    return { record, answer: { ...answers(record), heard: {} } };
  });
  return {
    entry: {
      id: madeId(200 + number),
      listener: `Listener ${number}`,
      state,
      answered: trials.length,
      of: planned.length,
      createdAt: 1,
      endedAt: 2,
    },
    trials,
  };
}
