import { Hono } from 'hono';
import { z } from 'zod';
import { PageRequest } from '../../shared/report/report-request.ts';
import { Id } from '../../shared/schemas/take.ts';
import type { StudioParts } from '../studio-parts.ts';
import { path, query } from './body.ts';
import { reportResponse } from './reports.ts';

/** A mapping as a page that opens without Timbre. */
export function mappingReportApi({ reports }: StudioParts) {
  return new Hono().get('/:id/report', path(z.object({ id: Id })), query(PageRequest), async (c) =>
    reportResponse(await reports.mapping(c.req.valid('param').id, c.req.valid('query'), c.req.raw.signal)),
  );
}
