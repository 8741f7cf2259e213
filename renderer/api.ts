import { hc } from 'hono/client';
import type { z } from 'zod';
import type { StudioApi } from '../engine/api/studio-api.ts';
import { FaultBody, FaultError, fault } from '../shared/errors.ts';
import type { TakeRequest } from '../shared/schemas/take.ts';

const TOKEN_KEY = 'timbre.token';

/** Said where not a provider but the studio itself is not there. */
export const ENGINE_SILENT = 'The studio’s engine does not answer.';

/**
 * The token of the browser shell: in the fragment of the printed link, which no server or log ever sees; kept for this
 * tab and taken out of the address. The desktop shell has none.
 */
function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    sessionStorage.setItem(TOKEN_KEY, token);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return token ?? sessionStorage.getItem(TOKEN_KEY);
}

const token = takeToken();

/** `fetch` with the shell's token. @throws FaultError unreachable where the engine does not answer, cancelled */
export const apiFetch: typeof fetch = (input, init) => askWith(globalThis.fetch, input, init);

async function askWith(fetch: typeof globalThis.fetch, ...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const headers = new Headers(init?.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(input, { ...init, headers });
  } catch (thrown) {
    if (init?.signal?.aborted) throw fault('cancelled', 'The request was cancelled.');
    if (thrown instanceof FaultError) throw thrown;
    throw fault('unreachable', ENGINE_SILENT, {
      kept: 'Takes already made are kept on disk.',
      todo: 'Start Timbre again and reload this page.',
      said: thrown instanceof Error ? thrown.message : undefined,
    });
  }
}

/** The typed client of the engine. */
export const api = hc<StudioApi>(location.origin, { fetch: apiFetch }).api;

/** Throws the fault of an answer that is not a success. */
export async function check(response: Response): Promise<Response> {
  if (response.ok) return response;
  const body = FaultBody.safeParse(await response.json().catch(() => null));
  if (body.success) throw new FaultError(body.data.error);
  throw fault('internal', `The engine answered with status ${response.status}.`);
}

/** The body of an answer, parsed. @throws FaultError */
export async function unwrap<Schema extends z.ZodType>(
  response: Response | Promise<Response>,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const checked = await check(await response);
  const parsed = schema.safeParse(await checked.json());
  if (!parsed.success) throw fault('internal', 'The engine answered in a form this page does not know.');
  return parsed.data;
}

/** A POST request with a JSON body. */
function postJson(body: unknown, signal: AbortSignal): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal };
}

/** Asks for a take; the answer is its sound as it is made. @param fetch the player's, by which sound does not wait */
export function openTake(
  request: TakeRequest,
  signal: AbortSignal,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Response> {
  return askWith(fetch, '/api/takes', postJson(request, signal)).then(check);
}

/** The sound of a take that is being made or is kept. */
export function openTakeAudio(
  takeId: string,
  signal: AbortSignal,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Response> {
  return askWith(fetch, `/api/takes/${encodeURIComponent(takeId)}/audio`, { signal }).then(check);
}

/** A short sample of a voice, by its own model unless another one is named. */
export function openPreview(
  voice: { voiceId: string; modelId: string | null },
  signal: AbortSignal,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Response> {
  return askWith(fetch, '/api/voices/preview', postJson(voice, signal)).then(check);
}
