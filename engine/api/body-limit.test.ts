import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FaultBody } from '../../shared/errors.ts';
import { type Listening, listen } from '../shells/serve.ts';
import { answerThrown } from './answer.ts';
import { jsonBody } from './body.ts';
import { limitJson } from './body-limit.ts';

const MEGABYTE = 1024 * 1024;

let server: Listening;

beforeAll(async () => {
  const app = new Hono()
    .use(limitJson)
    .post('/', jsonBody(z.object({ text: z.string() })), (c) => c.json({ length: c.req.valid('json').text.length }));
  app.onError((thrown, c) => answerThrown(thrown, c, () => {}));
  server = await listen(async (request) => app.fetch(request), '127.0.0.1', 0);
});
afterAll(() => server.close());

/** Sends `{"text":"…"}` with so many megabytes of text, without saying how long it will be. */
async function sendOpenEnded(megabytes: number): Promise<{ response: Response; sent: number }> {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from('{"text":"')),
    pull(controller) {
      if (sent < megabytes) {
        sent += 1;
        controller.enqueue(Buffer.alloc(MEGABYTE, 'a'));
        return;
      }
      controller.enqueue(Buffer.from('"}'));
      controller.close();
    },
  });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' };
  return { response: await fetch(`http://127.0.0.1:${server.port}/`, init), sent };
}

describe('the limit of JSON bodies', () => {
  it('lets a body of unknown length through, over a real connection', async () => {
    const { response } = await sendOpenEnded(2);
    expect(await response.json()).toEqual({ length: 2 * MEGABYTE });
  });

  it('refuses one that does not end, and stops reading it', async () => {
    const { response, sent } = await sendOpenEnded(500);
    expect(response.status).toBe(413);
    expect(FaultBody.parse(await response.json()).error.code).toBe('too_large');
    expect(sent).toBeLessThan(100);
  });

  it('refuses one that says how long it is', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'a'.repeat(17 * MEGABYTE) }),
    });
    expect(response.status).toBe(413);
  });
});
