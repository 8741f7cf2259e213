import { Hono } from 'hono';
import { z } from 'zod';
import type { StudioParts } from '../studio-parts.ts';
import { jsonBody, path } from './body.ts';

/** Space, clean-up and place of the library. */
export function libraryApi(parts: StudioParts) {
  return new Hono()
    .get('/space', async (c) => c.json(await parts.library().space()))
    .post('/clean-up', async (c) => {
      const freed = await parts.library().cleanUp();
      parts.events.publish({ type: 'changed', what: 'library' });
      return c.json(freed);
    })
    .post('/move', jsonBody(z.object({ target: z.string().min(1).max(4096) })), async (c) => {
      const label = 'Moving the library';
      const tell = (progress: number, done: boolean) =>
        parts.events.publish({ type: 'progress', task: 'library-move', label, progress, done });
      try {
        await parts.library().move(c.req.valid('json').target, (progress) => tell(progress, false));
      } finally {
        tell(1, true);
      }
      parts.events.publish({ type: 'changed', what: 'library' });
      return c.json({ ok: true });
    });
}

/** Most bytes one preference may have as JSON. */
const PREFERENCE_LIMIT = 256 * 1024;

const ByName = path(z.object({ name: z.string().regex(/^[a-z][a-z0-9.-]{0,63}$/) }));
const Preference = z.object({
  value: z.json().refine((value) => JSON.stringify(value).length <= PREFERENCE_LIMIT, 'is too large'),
});

const AllPreferences = z.record(z.string(), z.json());

/** What a person set about the app itself, by name. */
export function preferencesApi(parts: StudioParts) {
  return new Hono()
    .get('/', (c) => c.json({ preferences: AllPreferences.parse(parts.library().preferences()) }))
    .put('/:name', ByName, jsonBody(Preference), (c) => {
      const { value } = c.req.valid('json');
      parts.library().setPreference(c.req.valid('param').name, value);
      return c.json({ value });
    });
}
