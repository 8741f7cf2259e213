import { Hono } from 'hono';
import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import {
  Connection,
  ConnectionInput,
  ConnectionPatch,
  KeyInput,
  type TestStep,
} from '../../shared/schemas/connection.ts';
import { takeRecording } from '../connections/take-recording.ts';
import { testConnection } from '../connections/test-connection.ts';
import type { StudioParts } from '../studio-parts.ts';
import { jsonBody, path, query } from './body.ts';
import { readLimited } from './read-limited.ts';

const ById = path(z.object({ id: Connection.shape.id }));
const RecordingQuery = query(
  z.object({
    name: z.string().trim().min(1).max(80),
    fileName: z.string().max(255).default(''),
    language: z.string().max(35).optional(),
  }),
);

/** Most bytes a recording that becomes a voice may have: more than any server takes. */
const RECORDING_LIMIT = 64 * 1024 * 1024;

/** Steps as they happen, one JSON value on each line. Whoever leaves ends the walk. */
function stepsResponse(walk: (signal: AbortSignal) => AsyncIterable<TestStep>, left: AbortSignal): Response {
  const leaving = new AbortController();
  const steps = walk(AbortSignal.any([left, leaving.signal]))[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(to) {
      const { done, value } = await steps.next();
      if (done) to.close();
      else to.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    cancel: () => leaving.abort(),
  });
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } });
}

/** Providers that a person sets up: enter, change, test, remove. A key comes in and never goes out. */
export function connectionsApi({ connections, registry, importer, events }: StudioParts) {
  return new Hono()
    .get('/', async (c) => c.json(await connections.views()))
    .post('/', jsonBody(ConnectionInput), async (c) => c.json(await connections.add(c.req.valid('json'))))
    .patch('/:id', ById, jsonBody(ConnectionPatch), async (c) =>
      c.json(await connections.change(c.req.valid('param').id, c.req.valid('json'))),
    )
    .delete('/:id', ById, async (c) => {
      await connections.remove(c.req.valid('param').id);
      return c.json({ ok: true });
    })
    .put('/:id/key', ById, jsonBody(KeyInput), async (c) =>
      c.json(await connections.setKey(c.req.valid('param').id, c.req.valid('json').key)),
    )
    .delete('/:id/key', ById, async (c) => c.json(await connections.setKey(c.req.valid('param').id, null)))
    .post('/:id/probe', ById, async (c) => c.json(await connections.probe(c.req.valid('param').id, c.req.raw.signal)))
    .post('/:id/test', ById, (c) => {
      const found = connections.find(c.req.valid('param').id);
      return stepsResponse((signal) => testConnection(registry, found, signal), c.req.raw.signal);
    })
    .post('/:id/recordings', ById, RecordingQuery, async (c) => {
      const { id } = c.req.valid('param');
      const { name, fileName, language } = c.req.valid('query');
      const bytes = await readLimited(c.req.raw, RECORDING_LIMIT, {
        what: 'recording',
        todo: 'Choose a shorter one: ten to thirty seconds are enough.',
      });
      const { provider } = connections.find(id);
      const sent = { name, fileName, language: language ?? null, bytes };
      const local = await takeRecording(provider, sent, importer.decode, c.req.raw.signal);
      await registry.refresh(c.req.raw.signal, id);
      return c.json({ voiceId: `${id}:${local}` });
    })
    .post('/:id/model', ById, jsonBody(z.object({ model: z.string().min(1).max(200) })), async (c) => {
      const { id } = c.req.valid('param');
      const { provider } = connections.find(id);
      if (!provider.switchModel) throw fault('unsupported', `${provider.name} has one model only.`);
      await provider.switchModel(c.req.valid('json').model, c.req.raw.signal);
      await registry.refresh(c.req.raw.signal, id);
      events.publish({ type: 'changed', what: 'connections' });
      return c.json(connections.view(id));
    });
}
