import { Hono } from 'hono';
import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import {
  ListeningAnswer,
  ListeningDraft,
  ListeningSessionInput,
  ListeningTestInput,
} from '../../shared/schemas/listening.ts';
import { ListeningAnswersFile } from '../../shared/schemas/listening-file.ts';
import { Id } from '../../shared/schemas/take.ts';
import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import type { StudioParts } from '../studio-parts.ts';
import { attachment } from './attachment.ts';
import { jsonBody, path, query } from './body.ts';
import { streamOf } from './pcm-response.ts';
import { sent } from './read-limited.ts';
import { AsReport, reportResponse } from './reports.ts';

const ById = path(z.object({ id: Id }));
const OfProject = query(z.object({ projectId: Id }));
const Reveal = jsonBody(z.object({ force: z.boolean().default(false) }));

/**
 * Blind listening tests, under `/api/listening`. Every answer about a test that is not revealed is blind: no slot, take,
 * voice, gain or length of one sound is in it.
 *
 * | call | body | answer |
 * |---|---|---|
 * | `GET /tests?projectId=` | | `{tests: ListeningTest[]}`, the newest first |
 * | `POST /tests` | `ListeningTestInput` | `ListeningTest` |
 * | `GET /tests/:id` | | `ListeningTest` |
 * | `DELETE /tests/:id`, `POST /tests/:id/restore` | | `{ok: true}`, `ListeningTest` |
 * | `POST /tests/:id/reveal` | `{force?}` | `ListeningTest`; 409 while listeners are not done, unless forced |
 * | `GET /tests/:id/results` | | `ListeningResults`; 409 before the reveal |
 * | `GET /tests/:id/report?format=html\|json\|csv&sound=none\|flac\|mp3` | | a file; 409 before the reveal |
 * | `POST /tests/:id/sessions` | `{listener, away?}` | `ListeningSession` with its first trial |
 * | `GET /sessions/:id` | | `ListeningSession` with the trial that is next, or `trial: null` |
 * | `POST /sessions/:id/abandon` | | `ListeningSession` |
 * | `GET /stimuli/:id` | | a sound, see below; only of the trial that is next, otherwise 404 |
 * | `PUT /trials/:id/draft` | `ListeningDraft` | `{ok: true}` |
 * | `POST /trials/:id/answer` | `ListeningAnswer` | `ListeningSession` with the next trial; 400 `invalid` while something was not heard; 409 where the answer is another one than before, or the test is revealed |
 * | `GET /sessions/:id/file` | | the `.timbre-test` file of a session that was started with `away`; as often as needed |
 * | `POST /import` | a `.timbre-test` file | `ListeningSession`, `testId: null`; taken with the calls above |
 * | `GET /guests` | | `{sessions: ListeningSession[]}` of such files, with `trial: null` |
 * | `DELETE /guests/:id` | | `{ok: true}` |
 * | `GET /guests/:id/answers` | | the `.timbre-answers` file (`ListeningAnswersFile`), also of a session half done |
 * | `POST /merge` | `ListeningAnswersFile` | `ListeningMergeReport` |
 *
 * A sound is raw s16le, one channel at 48 kHz, with its place track behind it (`shared/listening/stimulus-body.ts` takes it
 * apart). All sounds of a trial have the same headers: `x-timbre-rate`, `x-timbre-samples` (samples before the place track)
 * and `x-timbre-switching`: `word` where a flip goes by the place track (`flipTo`), `restart` where it starts anew.
 */
export function listeningApi({ listening, events, reports }: StudioParts) {
  const changed = () => events.publish({ type: 'changed', what: 'listening' });
  return new Hono()
    .get('/tests', OfProject, (c) => c.json({ tests: listening.tests(c.req.valid('query').projectId) }))
    .post('/tests', jsonBody(ListeningTestInput), (c) => {
      const test = listening.create(c.req.valid('json'));
      changed();
      return c.json(test);
    })
    .get('/tests/:id', ById, (c) => c.json(listening.test(c.req.valid('param').id)))
    .delete('/tests/:id', ById, (c) => {
      listening.remove(c.req.valid('param').id);
      changed();
      return c.json({ ok: true });
    })
    .post('/tests/:id/restore', ById, (c) => {
      const test = listening.restore(c.req.valid('param').id);
      changed();
      return c.json(test);
    })
    .post('/tests/:id/reveal', ById, Reveal, (c) => {
      const test = listening.reveal(c.req.valid('param').id, c.req.valid('json').force);
      changed();
      return c.json(test);
    })
    .get('/tests/:id/results', ById, async (c) => c.json(await listening.results(c.req.valid('param').id)))
    .get('/tests/:id/report', ById, AsReport, async (c) =>
      reportResponse(await reports.listening(c.req.valid('param').id, c.req.valid('query'), c.req.raw.signal)),
    )
    .post('/tests/:id/sessions', ById, jsonBody(ListeningSessionInput), (c) => {
      const session = listening.start(c.req.valid('param').id, c.req.valid('json'));
      changed();
      return c.json(session);
    })
    .get('/sessions/:id', ById, (c) => c.json(listening.session(c.req.valid('param').id)))
    .post('/sessions/:id/abandon', ById, (c) => {
      const session = listening.abandon(c.req.valid('param').id);
      changed();
      return c.json(session);
    })
    .get('/sessions/:id/file', ById, (c) => {
      const { name, body } = listening.file(c.req.valid('param').id);
      return new Response(body, { headers: { 'content-type': 'application/zip', ...attachment(name) } });
    })
    .post('/import', async (c) => {
      if (!c.req.raw.body) throw fault('invalid', 'There is no file in the request.');
      const session = await listening.open(sent(c.req.raw.body));
      changed();
      return c.json(session);
    })
    .get('/guests', (c) => c.json({ sessions: listening.guests() }))
    .delete('/guests/:id', ById, async (c) => {
      await listening.removeGuest(c.req.valid('param').id);
      changed();
      return c.json({ ok: true });
    })
    .get('/guests/:id/answers', ById, (c) => {
      const file = listening.answers(c.req.valid('param').id);
      return c.json(file, 200, attachment(`${file.name} - ${file.listener}.timbre-answers`));
    })
    .post('/merge', jsonBody(ListeningAnswersFile), (c) => {
      const report = listening.merge(c.req.valid('json'));
      changed();
      return c.json(report);
    })
    .get('/stimuli/:id', ById, async (c) => {
      const { id } = c.req.valid('param');
      const { prepared, bytes, read } = await listening.hear(id);
      return new Response(streamOf(read(id)), {
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(bytes),
          'cache-control': 'no-store',
          'x-timbre-rate': String(CHAIN_RATE),
          'x-timbre-samples': String(prepared.samples),
          'x-timbre-switching': prepared.switching,
        },
      });
    })
    .put('/trials/:id/draft', ById, jsonBody(ListeningDraft), (c) => {
      listening.draft(c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ok: true });
    })
    .post('/trials/:id/answer', ById, jsonBody(ListeningAnswer), (c) => {
      const session = listening.answer(c.req.valid('param').id, c.req.valid('json'));
      changed();
      return c.json(session);
    });
}
