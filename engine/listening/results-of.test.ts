import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { openLibrary } from '../library/open-library.ts';
import { firstProject, temporaryFolder } from '../library/test-library.ts';
import { newSession } from './new-session.ts';
import { resultsOf } from './results-of.ts';

const LISTENERS = 3;
const TEXTS = 64;

it('the results of many answers hold nobody up', async () => {
  const { folder, remove } = await temporaryFolder();
  const library = await openLibrary({ home: folder });
  const { listening } = library;
  const slot = { name: '', voiceId: 'x', voiceName: '', modelId: null, settings: NEUTRAL_SETTINGS };
  const takes = [randomUUID(), randomUUID()];
  const test = listening.create(
    {
      projectId: firstProject(library),
      comparisonId: null,
      name: 'Two readings',
      method: 'rating',
      slots: takes.map(() => ({ ...slot, id: randomUUID() })),
      texts: Array.from({ length: TEXTS }, () => ({ text: 'Hello.', takes, reference: null })),
      trials: 16,
      rounds: 1,
      listeners: LISTENERS,
      showText: true,
      equalLoudness: false,
    },
    {},
  );
  const prepared = { gains: [0, 0], by: null, switching: 'word', samples: 48_000 } as const;
  for (let listener = 0; listener < LISTENERS; listener += 1) {
    const { session, trials } = newSession(test, `Listener ${listener}`, false);
    listening.sessions.add({ ...session, state: 'finished', endedAt: 3 }, trials);
    for (const { id, index, text, places } of trials) {
      const { seeds } = session;
      if (!seeds) throw new Error('It is a session of this library.');
      const ratings = Object.fromEntries(places.map(({ stimulus, what }) => [stimulus, 40 + 20 * (what ?? 0)]));
      const times = { shownAt: 1, answeredAt: 2 };
      const made = { method: test.method, seeds, index, text, places, equalLoudness: false };
      const record = { ...made, prepared: { ...prepared, gains: [...prepared.gains] }, ...times };
      listening.sessions.storeAnswer(id, { answer: { ratings, heard: {} }, record, answeredAt: 2 });
    }
  }
  await expect(resultsOf(listening, test.id)).rejects.toMatchObject({ fault: { code: 'conflict' } });
  listening.reveal(test.id, 4);
  let turns = 0;
  let done = false;
  const others = (async () => {
    while (!done) {
      turns += 1;
      await turn();
    }
  })();
  const { answers, result } = await resultsOf(listening, test.id);
  done = true;
  await others;
  expect(answers).toHaveLength(LISTENERS * TEXTS);
  expect(result).toMatchObject({ pairs: [{ difference: -20 }], units: { count: LISTENERS } });
  expect(turns).toBeGreaterThanOrEqual((LISTENERS * TEXTS) / 16);
  await library.close();
  await remove();
});
