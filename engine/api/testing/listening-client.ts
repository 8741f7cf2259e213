import { expect, vi } from 'vitest';
import type { z } from 'zod';
import { NEUTRAL_SETTINGS, type Settings } from '../../../shared/controls/controls.ts';
import { readStimulus, type StimulusSound } from '../../../shared/listening/stimulus-body.ts';
import { SLOT_LETTERS, type Slot } from '../../../shared/schemas/comparison.ts';
import {
  type ListeningAnswer,
  ListeningSession,
  ListeningTest,
  type ListeningTestInput,
  type ListeningTrial,
} from '../../../shared/schemas/listening.ts';
import { Take } from '../../../shared/schemas/take.ts';
import { answer, type OpenStudio } from './open-studio.ts';

/** Two voices that no listener takes for each other. */
export const VOICES = ['builtin:espeak/en-us', 'builtin:espeak/en-gb'] as const;

/** Renders a text. */
export async function speak(
  { send, call, firstProject }: OpenStudio,
  text: string,
  voiceId: string = VOICES[0],
  settings: Partial<Settings> = {},
): Promise<Take> {
  const id = crypto.randomUUID();
  const projectId = await firstProject();
  const request = { id, projectId, text, voiceId, settings: { ...NEUTRAL_SETTINGS, ...settings }, fresh: true };
  const response = await send('/api/takes', request);
  expect(response.status).toBe(200);
  await response.arrayBuffer();
  const read = async () => answer(await call(`/api/takes/${id}`), Take);
  // Its last event is told with what was measured: nothing of it comes later.
  await vi.waitUntil(async () => (await read()).measurements !== null, { timeout: 20_000 });
  return read();
}

export function slotOf({ voiceId, voiceName, settings }: Take, at: number): Slot {
  return { id: crypto.randomUUID(), name: SLOT_LETTERS[at] ?? '', voiceId, voiceName, modelId: null, settings };
}

/** A test of takes: for each text one of each slot. */
export function testOf(
  rows: readonly (readonly Take[])[],
  method: ListeningTestInput['method'],
  more: Partial<z.input<typeof ListeningTestInput>> = {},
): z.input<typeof ListeningTestInput> {
  return {
    projectId: rows[0]?.[0]?.projectId ?? '',
    name: 'A listening test',
    method,
    slots: rows[0]?.map(slotOf) ?? [],
    texts: rows.map((takes) => ({ text: takes[0]?.text ?? '', takes: takes.map(({ id }) => id) })),
    ...more,
  };
}

/** What a page does in a listening test, and nothing that a page could not do. */
export function listeningClient(studio: OpenStudio) {
  const { call, send } = studio;
  const trialOf = (session: ListeningSession): ListeningTrial => {
    if (!session.trial) throw new Error('There is no trial left.');
    return session.trial;
  };
  const fetchStimulus = (id: string) => call(`/api/listening/stimuli/${id}`);
  return {
    trialOf,
    fetchStimulus,
    create: async (body: unknown) => answer(await send('/api/listening/tests', body), ListeningTest),
    start: async (testId: string, listener: string, away = false) =>
      answer(await send(`/api/listening/tests/${testId}/sessions`, { listener, away }), ListeningSession),
    session: async (id: string) => answer(await call(`/api/listening/sessions/${id}`), ListeningSession),
    async sound(id: string): Promise<StimulusSound> {
      const response = await fetchStimulus(id);
      expect(response.status).toBe(200);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const sound = readStimulus(bytes, Number(response.headers.get('x-timbre-samples')));
      if (!sound) throw new Error('The body is not a stimulus.');
      return sound;
    },
    answer: (trialId: string, body: unknown) => send(`/api/listening/trials/${trialId}/answer`, body),
    draft: (trialId: string, body: unknown) => send(`/api/listening/trials/${trialId}/draft`, body, 'PUT'),
    reveal: (testId: string, force = false) => send(`/api/listening/tests/${testId}/reveal`, { force }),
  };
}

export type ListeningClient = ReturnType<typeof listeningClient>;

/** Everything of a trial was heard for two seconds. */
export const heardAll = ({ places }: ListeningTrial): ListeningAnswer['heard'] =>
  Object.fromEntries(places.map(({ stimulus }) => [stimulus, { plays: 1, seconds: 2 }]));

/** Fetches every sound of the trial, and answers it: the first place, or all ratings the same. */
export async function answerTrial(
  client: ListeningClient,
  trial: ListeningTrial,
  choice: 'A' | 'B' | 'none' = 'A',
  rate: (stimulus: string) => number = () => 50,
): Promise<ListeningSession> {
  for (const { stimulus } of trial.places) await (await client.fetchStimulus(stimulus)).arrayBuffer();
  const rated = trial.places.filter((place) => place.rated);
  const given =
    rated.length > 0
      ? { ratings: Object.fromEntries(rated.map(({ stimulus }) => [stimulus, rate(stimulus)])) }
      : { choice };
  return answer(await client.answer(trial.id, { ...given, heard: heardAll(trial) }), ListeningSession);
}
