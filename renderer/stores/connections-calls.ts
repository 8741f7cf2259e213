import { z } from 'zod';
import {
  type ConnectionInput,
  type ConnectionPatch,
  ConnectionsView,
  ConnectionView,
  TestStep,
} from '../../shared/schemas/connection.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import { api, apiFetch, check, unwrap } from '../api.ts';
import { linesOf } from './lines.ts';

export function listConnections(): Promise<ConnectionsView> {
  return unwrap(api.connections.$get(), ConnectionsView);
}

export function addConnection(input: ConnectionInput): Promise<ConnectionView> {
  return unwrap(api.connections.$post({ json: input }), ConnectionView);
}

export function changeConnection(id: string, patch: ConnectionPatch): Promise<ConnectionView> {
  return unwrap(api.connections[':id'].$patch({ param: { id }, json: patch }), ConnectionView);
}

/** Forgets a provider and its key. Takes and presets stay. */
export async function removeConnection(id: string): Promise<void> {
  await check(await api.connections[':id'].$delete({ param: { id } }));
}

/** Gives the engine a key. It does not come back, and whoever calls this keeps none. */
export function putKey(id: string, key: string): Promise<ConnectionView> {
  return unwrap(api.connections[':id'].key.$put({ param: { id }, json: { key } }), ConnectionView);
}

export function forgetKey(id: string): Promise<ConnectionView> {
  return unwrap(api.connections[':id'].key.$delete({ param: { id } }), ConnectionView);
}

/** Looks at a provider anew. */
export function probeConnection(id: string): Promise<ConnectionView> {
  return unwrap(api.connections[':id'].probe.$post({ param: { id } }), ConnectionView);
}

/** Reads a provider's list of voices anew; what could not be read stands in the list's state. */
export async function refreshVoices(provider: string): Promise<void> {
  await check(await api.voices.refresh.$post({ json: { provider } }));
}

/** Loads another model on a provider's servers. */
export function switchModel(id: string, model: string): Promise<ConnectionView> {
  return unwrap(api.connections[':id'].model.$post({ param: { id }, json: { model } }), ConnectionView);
}

/** The steps of a test as they happen. Aborting the signal ends the test. @throws FaultError */
export async function* testSteps(id: string, signal: AbortSignal): AsyncGenerator<TestStep> {
  const response = await check(await apiFetch(`/api/connections/${id}/test`, { method: 'POST', signal }));
  if (response.body === null) return;
  for await (const line of linesOf(response.body, signal)) {
    const step = TestStep.safeParse(parseJson(line));
    if (step.success) yield step.data;
  }
}

/** A recording that is to become a voice. */
export interface RecordingToSend {
  file: File;
  name: string;
  /** BCP 47 tag; null where it is not asked for. */
  language: string | null;
}

const Made = z.object({ voiceId: z.string() });

/** Makes a voice of a recording. @returns its id @throws FaultError */
export async function sendRecording(
  id: string,
  { file, name, language }: RecordingToSend,
  signal: AbortSignal,
): Promise<string> {
  const query = new URLSearchParams({ name, fileName: file.name });
  if (language !== null) query.set('language', language);
  const path = `/api/connections/${id}/recordings?${query}`;
  return (await unwrap(apiFetch(path, { method: 'POST', body: file, signal }), Made)).voiceId;
}
