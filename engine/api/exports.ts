import { Hono } from 'hono';
import { ExportRequest } from '../../shared/schemas/export.ts';
import type { StudioParts } from '../studio-parts.ts';
import { attachment } from './attachment.ts';
import { jsonBody } from './body.ts';

/** Takes as audio files: one file, or a zip of several. */
export function exportsApi(parts: StudioParts) {
  return new Hono().post('/', jsonBody(ExportRequest), async (c) => {
    const file = await parts.exporter.exportTakes(c.req.valid('json'), c.req.raw.signal);
    return new Response(file.body, { headers: { 'content-type': file.type, ...attachment(file.name) } });
  });
}
