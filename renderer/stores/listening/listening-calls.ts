import { z } from 'zod';
import { fault } from '../../../shared/errors.ts';
import { readStimulus, type StimulusSound } from '../../../shared/listening/stimulus-body.ts';
import {
  type ListeningAnswer,
  type ListeningDraft,
  ListeningSession,
  type ListeningSessionInput,
  ListeningTest,
  type ListeningTestInput,
} from '../../../shared/schemas/listening.ts';
import { ListeningResults } from '../../../shared/schemas/listening-results.ts';
import { api, apiFetch, check, unwrap } from '../../api.ts';

const Tests = z.object({ tests: z.array(ListeningTest) });

/** Most bytes of a request that the browser sends to its end although the page is closed. */
const MOST_KEPT_ALIVE = 60_000;

/** The listening tests of a project, the newest first. @throws FaultError */
export async function readTests(projectId: string): Promise<ListeningTest[]> {
  return (await unwrap(api.listening.tests.$get({ query: { projectId } }), Tests)).tests;
}

/** @throws FaultError not_found */
export function readTest(id: string): Promise<ListeningTest> {
  return unwrap(api.listening.tests[':id'].$get({ param: { id } }), ListeningTest);
}

/** @throws FaultError not_found, conflict, unsupported, invalid */
export function createTest(json: ListeningTestInput): Promise<ListeningTest> {
  return unwrap(api.listening.tests.$post({ json }), ListeningTest);
}

/** @throws FaultError not_found */
export async function removeTest(id: string): Promise<void> {
  await check(await api.listening.tests[':id'].$delete({ param: { id } }));
}

/** @throws FaultError not_found */
export function restoreTest(id: string): Promise<ListeningTest> {
  return unwrap(api.listening.tests[':id'].restore.$post({ param: { id } }), ListeningTest);
}

/** Lifts the blindness of a test for good. @throws FaultError conflict while listeners are not done, unless forced */
export function revealTest(id: string, force: boolean): Promise<ListeningTest> {
  return unwrap(api.listening.tests[':id'].reveal.$post({ param: { id }, json: { force } }), ListeningTest);
}

/** @throws FaultError not_found, conflict */
export function startSession(testId: string, json: ListeningSessionInput): Promise<ListeningSession> {
  return unwrap(api.listening.tests[':id'].sessions.$post({ param: { id: testId }, json }), ListeningSession);
}

/** A session with the trial that is next. @throws FaultError not_found */
export function readSession(id: string): Promise<ListeningSession> {
  return unwrap(api.listening.sessions[':id'].$get({ param: { id } }), ListeningSession);
}

/** @throws FaultError not_found, conflict */
export function abandonSession(id: string): Promise<ListeningSession> {
  return unwrap(api.listening.sessions[':id'].abandon.$post({ param: { id } }), ListeningSession);
}

/** Keeps a page that is half done, also when this window is being closed. @throws FaultError */
export async function keepDraft(trialId: string, draft: ListeningDraft): Promise<void> {
  const body = JSON.stringify(draft);
  await check(
    await apiFetch(`/api/listening/trials/${trialId}/draft`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: body.length < MOST_KEPT_ALIVE,
    }),
  );
}

/** Stores an answer. The same one may be given again. @throws FaultError not_found, conflict, invalid */
export function giveAnswer(trialId: string, json: ListeningAnswer): Promise<ListeningSession> {
  return unwrap(api.listening.trials[':id'].answer.$post({ param: { id: trialId }, json }), ListeningSession);
}

/** Where a flip goes on: at the same place of the text, or from the beginning. */
export const StimulusSwitching = z.enum(['word', 'restart']);
export type StimulusSwitching = z.infer<typeof StimulusSwitching>;

/** A stimulus as it came. */
export interface Stimulus extends StimulusSound {
  switching: StimulusSwitching;
}

const Headers = z.object({ samples: z.coerce.number().int().positive(), switching: StimulusSwitching });

/** The sound of a stimulus, with its place track. @throws FaultError not_found, bad_audio, disk_full, internal */
export async function readSound(id: string, signal: AbortSignal): Promise<Stimulus> {
  const response = await check(await apiFetch(`/api/listening/stimuli/${id}`, { signal }));
  const said = Headers.safeParse({
    samples: response.headers.get('x-timbre-samples'),
    switching: response.headers.get('x-timbre-switching'),
  });
  const sound = said.success && readStimulus(new Uint8Array(await response.arrayBuffer()), said.data.samples);
  if (!sound) {
    throw fault('bad_audio', 'A sound of this trial did not come whole.', {
      kept: 'Every answer given so far is kept.',
      todo: 'Try again.',
    });
  }
  return { ...sound, switching: said.data.switching };
}

/** What a test came to. @throws FaultError not_found; conflict before the reveal */
export function readResults(id: string): Promise<ListeningResults> {
  return unwrap(api.listening.tests[':id'].results.$get({ param: { id } }), ListeningResults);
}
