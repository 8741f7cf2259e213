import { Hono } from 'hono';
import { z } from 'zod';
import { PresetFile, PresetInput, PresetPatch } from '../../shared/schemas/preset.ts';
import { Id } from '../../shared/schemas/take.ts';
import type { StudioParts } from '../studio-parts.ts';
import { attachment } from './attachment.ts';
import { jsonBody, path, query } from './body.ts';

const ById = path(z.object({ id: Id }));
const OfProject = query(z.object({ projectId: Id }));

/** Presets: keep, apply, rename, remove, hand on as JSON. */
export function presetsApi(parts: StudioParts) {
  const changed = () => parts.events.publish({ type: 'changed', what: 'presets' });
  return new Hono()
    .get('/', query(z.object({ projectId: Id.optional() })), (c) =>
      c.json({ presets: parts.library().presets(c.req.valid('query').projectId) }),
    )
    .get('/file', OfProject, (c) =>
      c.json(parts.library().exportPresets(c.req.valid('query').projectId), 200, attachment('presets.timbre.json')),
    )
    .post('/import', OfProject, jsonBody(PresetFile), (c) => {
      const presets = parts.library().importPresets(c.req.valid('query').projectId, c.req.valid('json'));
      changed();
      return c.json({ presets });
    })
    .post('/', jsonBody(PresetInput), (c) => {
      const preset = parts.library().createPreset(c.req.valid('json'));
      changed();
      return c.json(preset);
    })
    .patch('/:id', ById, jsonBody(PresetPatch), (c) => {
      const preset = parts.library().updatePreset(c.req.valid('param').id, c.req.valid('json'));
      changed();
      return c.json(preset);
    })
    .delete('/:id', ById, (c) => {
      parts.library().removePreset(c.req.valid('param').id);
      changed();
      return c.json({ ok: true });
    })
    .post('/:id/restore', ById, (c) => {
      const preset = parts.library().restorePreset(c.req.valid('param').id);
      changed();
      return c.json(preset);
    });
}
