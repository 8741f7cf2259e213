import { Hono } from 'hono';
import { z } from 'zod';
import { toFault } from '../../shared/errors.ts';
import { type CompareAnswer, CompareRequest, GainsRequest } from '../../shared/schemas/compare.ts';
import { Id } from '../../shared/schemas/take.ts';
import type { StudioParts } from '../studio-parts.ts';
import { jsonBody, query } from './body.ts';

const Pair = query(z.object({ a: Id, b: Id }));

type Asked = CompareRequest['requests'][number];

/** Takes that are begun in one go. */
const AT_ONCE = 20;

/** The takes that are asked for, one line of JSON for each as soon as its first sound is there or cannot be. */
function answers(requests: readonly Asked[], one: (request: Asked) => Promise<CompareAnswer>) {
  const encoder = new TextEncoder();
  let open = requests.length;
  let left = false;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = async (request: Asked) => {
        const line = `${JSON.stringify(await one(request))}\n`;
        open -= 1;
        if (left) return;
        controller.enqueue(encoder.encode(line));
        if (open === 0) controller.close();
      };
      for (const [index, request] of requests.entries()) {
        void tell(request);
        // Hundreds at once would keep everybody else waiting.
        if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
      }
    },
    // The takes are made all the same.
    cancel() {
      left = true;
    },
  });
}

/** Slots side by side: make their takes, align them, make them equally loud. */
export function compareApi({ synthesis, aligner, levels, library, events }: StudioParts) {
  async function make({ cell, ...request }: Asked): Promise<CompareAnswer> {
    const { id } = request;
    try {
      const started = await synthesis.start({ ...request, fallback: false });
      const { takeId, cached } = started;
      if (cell && library().placeTake(cell, takeId)) events.publish({ type: 'changed', what: 'comparisons' });
      aligner.listen(started);
      return { id, takeId, cached };
    } catch (thrown) {
      return { id, fault: toFault(thrown) };
    }
  }
  return new Hono()
    .post('/render', jsonBody(CompareRequest), (c) => {
      const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' };
      return new Response(answers(c.req.valid('json').requests, make), { headers });
    })
    .get('/alignment', Pair, async (c) => {
      const { a, b } = c.req.valid('query');
      return c.json(await aligner.align(a, b));
    })
    .post('/gains', jsonBody(GainsRequest), async (c) => c.json(await levels.gains(c.req.valid('json').takes)));
}
