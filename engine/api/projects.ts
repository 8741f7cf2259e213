import { Hono } from 'hono';
import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import { Id } from '../../shared/schemas/take.ts';
import type { StudioParts } from '../studio-parts.ts';
import { found } from './answer.ts';
import { attachment } from './attachment.ts';
import { jsonBody, path } from './body.ts';
import { streamOf } from './pcm-response.ts';
import { sent } from './read-limited.ts';

const ById = path(z.object({ id: Id }));
const Name = jsonBody(z.object({ name: z.string().trim().min(1).max(120) }));

/** Projects, and the one file a project can be written to. */
export function projectsApi(parts: StudioParts) {
  const changed = () => parts.events.publish({ type: 'changed', what: 'projects' });
  return new Hono()
    .get('/', (c) => c.json({ projects: parts.library().projects() }))
    .post('/', Name, (c) => {
      const project = parts.library().createProject(c.req.valid('json').name);
      changed();
      return c.json(project);
    })
    .post('/merge', async (c) => {
      if (!c.req.raw.body) throw fault('invalid', 'There is no file in the request.');
      const report = await parts.library().importProject(streamOf(sent(c.req.raw.body)));
      changed();
      parts.events.publish({ type: 'changed', what: 'takes' });
      parts.events.publish({ type: 'changed', what: 'presets' });
      parts.events.publish({ type: 'changed', what: 'mappings' });
      return c.json(report);
    })
    .patch('/:id', ById, Name, (c) => {
      const project = parts.library().renameProject(c.req.valid('param').id, c.req.valid('json').name);
      changed();
      return c.json(project);
    })
    .delete('/:id', ById, (c) => {
      parts.library().removeProject(c.req.valid('param').id);
      changed();
      return c.json({ ok: true });
    })
    .post('/:id/restore', ById, (c) => {
      const project = parts.library().restoreProject(c.req.valid('param').id);
      changed();
      return c.json(project);
    })
    .get('/:id/file', ById, (c) => {
      const { id } = c.req.valid('param');
      const project = found(
        parts
          .library()
          .projects()
          .find((candidate) => candidate.id === id),
        'project',
      );
      return new Response(parts.library().exportProject(id), {
        headers: { 'content-type': 'application/zip', ...attachment(`${project.name}.timbre`) },
      });
    });
}
