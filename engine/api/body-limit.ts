import { createMiddleware } from 'hono/factory';
import { readLimited } from './read-limited.ts';

/** Most bytes of a JSON body: 100,000 ids, or ten thousand presets, with room to spare. */
const JSON_LIMIT = 16 * 1024 * 1024;

/**
 * Refuses JSON that would fill the memory. Files are streamed, or have limits of their own.
 *
 * Hono's own bodyLimit copies the request by `new Request(request)`, which its server for Node does not stand here.
 */
export const limitJson = createMiddleware(async (c, next) => {
  const { raw } = c.req;
  if (raw.body && c.req.header('content-type')?.includes('json')) {
    const body = await readLimited(raw, JSON_LIMIT, { what: 'JSON', todo: 'Send it in smaller parts.' });
    c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, signal: raw.signal, body });
  }
  await next();
});
