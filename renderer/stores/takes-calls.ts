import { z } from 'zod';
import { Take, TakePage, type TakePatch, type TakeQuery, TakeView } from '../../shared/schemas/take.ts';
import { api, apiFetch, check, unwrap } from '../api.ts';

const Count = z.object({ count: z.number() });

/** A page of the list of takes. */
export async function listTakes(query: Partial<TakeQuery>, signal?: AbortSignal): Promise<TakePage> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  return unwrap(apiFetch(`/api/takes?${search}`, { signal: signal ?? null }), TakePage);
}

export function patchTake(id: string, patch: TakePatch): Promise<Take> {
  return unwrap(api.takes[':id'].$patch({ param: { id }, json: patch }), Take);
}

/** Hides takes until the next clean-up; says how many there were. */
export async function removeTakes(ids: string[]): Promise<number> {
  return (await unwrap(api.takes.remove.$post({ json: { ids } }), Count)).count;
}

export async function restoreTakes(ids: string[]): Promise<number> {
  return (await unwrap(api.takes.restore.$post({ json: { ids } }), Count)).count;
}

/** Brings an audio file in as a take. @throws FaultError unsupported, too_large, disk_full */
export function importTake(
  file: File,
  about: { projectId: string; name: string; text: string },
  signal: AbortSignal,
): Promise<Take> {
  return unwrap(
    apiFetch(`/api/takes/import?${new URLSearchParams(about)}`, { method: 'POST', body: file, signal }),
    Take,
  );
}

/** What waveform and pitch curve are drawn from. @throws FaultError not_found while it is not measured yet */
export function takeView(id: string, signal: AbortSignal): Promise<TakeView> {
  return unwrap(apiFetch(`/api/takes/${encodeURIComponent(id)}/view`, { signal }), TakeView);
}

/** A take's whole audio as WAV, for decoding. */
export async function takeWav(id: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await check(await apiFetch(`/api/takes/${encodeURIComponent(id)}/wav`, { signal }));
  return response.arrayBuffer();
}
