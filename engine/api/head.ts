import { createMiddleware } from 'hono/factory';

/**
 * Ends the body of an answer to HEAD. Hono makes the answer to GET and leaves its body alone, so that what feeds it (a
 * listener to events, a project being written) would stay for ever.
 */
export const endHead = createMiddleware(async (c, next) => {
  await next();
  if (c.req.method === 'HEAD') await c.res.body?.cancel();
});
