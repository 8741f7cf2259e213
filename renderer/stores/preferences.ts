import { z } from 'zod';
import { api, apiFetch, unwrap } from '../api.ts';

const Answer = z.object({ value: z.unknown() });

/** Writing waits this long for more changes of the same preference. */
const SETTLE_MS = 400;

const waiting = new Map<string, { value: unknown; timer: ReturnType<typeof setTimeout> }>();

/** A preference, or null where there is none or it is of a form this page does not know. @throws FaultError */
export async function readPreference<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  const { value } = await unwrap(api.preferences[':name'].$get({ param: { name } }), Answer);
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function send(name: string, value: unknown): Promise<unknown> {
  return apiFetch(`/api/preferences/${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ value }),
    keepalive: true,
  });
}

/** Keeps a preference. Many changes in a row are written once; a failure is not shown, as nothing of worth is lost. */
export function writePreference(name: string, value: unknown): void {
  clearTimeout(waiting.get(name)?.timer);
  const timer = setTimeout(() => {
    waiting.delete(name);
    send(name, value).catch(() => undefined);
  }, SETTLE_MS);
  waiting.set(name, { value, timer });
}

/** Writes what still waits, at once: the page may be gone in a moment. */
export function flushPreferences(): void {
  for (const [name, { value, timer }] of waiting) {
    clearTimeout(timer);
    send(name, value).catch(() => undefined);
  }
  waiting.clear();
}
