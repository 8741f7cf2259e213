import { Hono } from 'hono';
import { z } from 'zod';
import { FaultError, toFault } from '../../shared/errors.ts';
import { Id, type Take, TakePatch, TakeQuery, TakeRequest } from '../../shared/schemas/take.ts';
import { s16ToBytes, wavHeader } from '../../shared/sound/pcm.ts';
import type { StudioParts } from '../studio-parts.ts';
import { found } from './answer.ts';
import { jsonBody, path, query } from './body.ts';
import { pcmResponse, streamOf } from './pcm-response.ts';
import { readLimited } from './read-limited.ts';

const ById = path(z.object({ id: Id }));
const Ids = z.object({ ids: z.array(Id).min(1).max(100_000) });
const ImportQuery = z.object({
  projectId: Id,
  name: z.string().max(200).default(''),
  text: z.string().max(10_000).default(''),
});

/** Most bytes a file that is brought in may have. */
const IMPORT_LIMIT = 250 * 1024 * 1024;

/** The take with its measurements, or without them where it cannot be measured: it is stored all the same. */
async function measure({ analyser, library, log }: StudioParts, take: Take, samples: Int16Array): Promise<Take> {
  try {
    const { measurements, view } = await analyser.analyse(samples, take.sampleRate);
    return library().storeMeasurements(take.id, measurements, view);
  } catch (thrown) {
    // The studio is closing: it is measured no more, and nothing is wrong.
    if (toFault(thrown).code === 'cancelled') return take;
    log.error({ err: thrown, take: take.id }, 'an imported take could not be measured');
    return take;
  }
}

/** `bad_audio` is what a provider answers; a file that a person brings is the request's own fault. */
function refuseFile(thrown: unknown): never {
  const refused = toFault(thrown);
  throw refused.code === 'bad_audio' ? new FaultError({ ...refused, code: 'unsupported' }) : thrown;
}

/** Takes: make, hear, find, change, remove. */
export function takesApi(parts: StudioParts) {
  return new Hono()
    .post('/', jsonBody(TakeRequest), async (c) => pcmResponse(await parts.synthesis.start(c.req.valid('json'))))
    .get('/', query(TakeQuery), (c) => c.json(parts.library().takes(c.req.valid('query'))))
    .post('/remove', jsonBody(Ids), (c) => {
      const count = parts.library().removeTakes(c.req.valid('json').ids);
      parts.events.publish({ type: 'changed', what: 'takes' });
      return c.json({ count });
    })
    .post('/restore', jsonBody(Ids), (c) => {
      const count = parts.library().restoreTakes(c.req.valid('json').ids);
      parts.events.publish({ type: 'changed', what: 'takes' });
      return c.json({ count });
    })
    .post('/import', query(ImportQuery), async (c) => {
      const { projectId, name, text } = c.req.valid('query');
      const bytes = await readLimited(c.req.raw, IMPORT_LIMIT, { what: 'file', todo: 'Bring it in in shorter parts.' });
      const audio = await parts.importer.decode(bytes, name).catch(refuseFile);
      const take = await parts.library().importTake({ projectId, name, text, language: null, ...audio });
      const measured = await measure(parts, take, audio.samples);
      parts.events.publish({ type: 'take', take: measured });
      return c.json(measured);
    })
    .post('/:id/cancel', ById, (c) => {
      const cancelled = parts.synthesis.cancel(c.req.valid('param').id);
      return c.json({ ok: true, cancelled });
    })
    .get('/:id', ById, (c) => {
      const { id } = c.req.valid('param');
      const take = parts.library().take(id);
      // On a full disk not even the end of a take can be stored: its row says “rendering” until there is room.
      const why = take && take.state !== 'rendering' ? null : parts.synthesis.outcome(id);
      if (why) throw new FaultError(why);
      return c.json(found(take, 'take'));
    })
    .patch('/:id', ById, jsonBody(TakePatch), (c) => {
      const take = parts.library().patchTake(c.req.valid('param').id, c.req.valid('json'));
      parts.events.publish({ type: 'take', take });
      return c.json(take);
    })
    .get('/:id/audio', ById, (c) => pcmResponse(found(parts.synthesis.open(c.req.valid('param').id), 'take')))
    .get('/:id/wav', ById, (c) => {
      const { id } = c.req.valid('param');
      const audio = found(parts.library().audio(id), 'take');
      async function* wav() {
        yield wavHeader(audio.samples, audio.sampleRate);
        for await (const chunk of parts.readAudio(id)) yield s16ToBytes(chunk);
      }
      return new Response(streamOf(wav()), { headers: { 'content-type': 'audio/wav', 'cache-control': 'no-store' } });
    })
    .get('/:id/timings', ById, (c) =>
      c.json(found(parts.library().timings(c.req.valid('param').id), 'list of timings')),
    )
    .get('/:id/words', ById, async (c) => c.json(await parts.words.words(c.req.valid('param').id)))
    .get('/:id/view', ById, (c) => c.json(found(parts.library().view(c.req.valid('param').id), 'take')));
}
