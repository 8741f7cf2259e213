import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { Comparison, type ComparisonInput } from '../../../shared/schemas/comparison.ts';
import type { ListeningMethod, ListeningTest } from '../../../shared/schemas/listening.ts';
import { Take } from '../../../shared/schemas/take.ts';
import {
  answerTrial,
  type ListeningClient,
  listeningClient,
  speak,
  testOf,
  VOICES,
} from '../../api/testing/listening-client.ts';
import { answer, type OpenStudio } from '../../api/testing/open-studio.ts';

/** A name that does harm where it is not shown as the text it is. */
export const HOSTILE = `=<img src=x onerror=alert(1)></script><script>alert(2)</script>"'\`&amp;javascript:alert(3)`;

/** What is spoken. The second one would break out of an attribute. */
const TEXTS = ['The ship sails at noon.', 'Nobody knows "who" will be on board, or where <b>it</b> goes.'] as const;

/** A comparison of two voices and two texts, all rendered, with a note of every kind that is hostile. */
export async function reportedComparison(studio: OpenStudio): Promise<{ comparison: Comparison; takes: Take[][] }> {
  const projectId = await studio.firstProject();
  const takes: Take[][] = [];
  for (const text of TEXTS) {
    const row: Take[] = [];
    for (const [place, voiceId] of VOICES.entries()) {
      const take = await speak(studio, text, voiceId, place === 1 ? { volume: -6, speed: 1.2 } : {});
      const noted = await studio.send(`/api/takes/${take.id}`, { note: `note ${HOSTILE}` }, 'PATCH');
      row.push(await answer(noted, Take));
    }
    takes.push(row);
  }
  const slots = (takes[0] ?? []).map((take, place) => ({
    id: crypto.randomUUID(),
    name: place === 0 ? HOSTILE : '',
    voiceId: take.voiceId,
    voiceName: take.voiceName,
    modelId: null,
    settings: take.settings ?? NEUTRAL_SETTINGS,
  }));
  const texts = TEXTS.map((text) => ({ id: crypto.randomUUID(), text }));
  const input: ComparisonInput = {
    projectId,
    name: HOSTILE,
    texts,
    slots,
    takes: Object.fromEntries(
      slots.map(({ id }, place) => [
        id,
        Object.fromEntries(texts.map((text, index) => [text.id, takes[index]?.[place]?.id ?? ''])),
      ]),
    ),
    switching: 'word',
    equalLoudness: true,
    decisions: [
      {
        id: crypto.randomUUID(),
        at: Date.UTC(2026, 0, 5, 12),
        textId: texts[1]?.id ?? null,
        winner: slots[1]?.id ?? null,
        note: `warmer ${HOSTILE}`,
        slots: slots.map((slot, place) => ({ ...slot, takeId: takes[1]?.[place]?.id ?? null })),
      },
    ],
  };
  return { comparison: await answer(await studio.send('/api/comparisons', input), Comparison), takes };
}

/** A listening test that two listeners have finished: one prefers whatever stands first, one hears no difference. */
export async function reportedTest(
  studio: OpenStudio,
  takes: readonly (readonly Take[])[],
  method: ListeningMethod,
): Promise<{ test: ListeningTest; client: ListeningClient }> {
  const client = listeningClient(studio);
  const more = { name: HOSTILE, rounds: method === 'preference' ? 2 : 1, trials: 5, listeners: 2 };
  const texts = takes.map((row) => ({
    text: row[0]?.text ?? '',
    takes: row.map(({ id }) => id),
    reference: method === 'mushra' ? (row[0]?.id ?? null) : null,
  }));
  const test = await client.create(testOf(takes, method, { ...more, texts }));
  const { sessions } = studio.studio.parts.library().listening;
  for (const [index, listener] of [HOSTILE, `${HOSTILE} too`].entries()) {
    let session = await client.start(test.id, listener);
    while (session.trial) {
      const { trial } = session;
      const places = sessions.trial(trial.id)?.places ?? [];
      const rate = (stimulus: string) => (places.find((place) => place.stimulus === stimulus)?.what === 0 ? 80 : 40);
      const second = method === 'abx' ? 'B' : 'none';
      session = await answerTrial(client, trial, index === 0 ? 'A' : second, rate);
    }
  }
  return { test, client };
}
