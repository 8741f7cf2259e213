import { z } from 'zod';
import { api, apiFetch, unwrap } from '../api.ts';

const Answer = z.object({ preferences: z.record(z.string(), z.unknown()) });

/** Writing waits this long for more changes of the same preference. */
const SETTLE_MS = 400;

const waiting = new Map<string, { value: unknown; timer: ReturnType<typeof setTimeout> }>();

let reading: Promise<z.infer<typeof Answer>> | null = null;

/** Whoever asks while an answer is awaited shares it: at its start the page asks for many at once. */
function readAll(): Promise<z.infer<typeof Answer>> {
  reading ??= unwrap(api.preferences.$get(), Answer).finally(() => {
    reading = null;
  });
  return reading;
}

/** A preference, or null where there is none or it is of a form this page does not know. @throws FaultError */
export async function readPreference<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  const { preferences } = await readAll();
  const parsed = schema.safeParse(preferences[name]);
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
