import { Hono } from 'hono';
import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import type { StudioParts } from '../studio-parts.ts';
import { jsonBody, query } from './body.ts';

/** What only a desktop can do: native dialogs. In the browser shell each call is refused as unsupported. */
export function desktopApi(parts: StudioParts) {
  const desktop = () => {
    if (!parts.desktop) throw fault('unsupported', 'This is only there in the desktop app.');
    return parts.desktop;
  };
  return new Hono()
    .post('/save', query(z.object({ name: z.string().min(1).max(255) })), async (c) => {
      if (!c.req.raw.body) throw fault('invalid', 'There is no file in the request.');
      const path = await desktop().save(c.req.valid('query').name, c.req.raw.body);
      return c.json({ path });
    })
    .post('/choose-folder', async (c) => c.json({ path: await desktop().chooseFolder() }))
    .post('/reveal', jsonBody(z.object({ path: z.string().min(1).max(4096) })), (c) => {
      desktop().reveal(c.req.valid('json').path);
      return c.json({ ok: true });
    });
}
