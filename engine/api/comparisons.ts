import { Hono } from 'hono';
import { z } from 'zod';
import { ComparisonInput, ComparisonPatch, Decision } from '../../shared/schemas/comparison.ts';
import { Id } from '../../shared/schemas/take.ts';
import type { StudioParts } from '../studio-parts.ts';
import { found } from './answer.ts';
import { jsonBody, path, query } from './body.ts';
import { AsReport, reportResponse } from './reports.ts';

const ById = path(z.object({ id: Id }));

/** Comparisons: keep, read, change, remove, report. */
export function comparisonsApi(parts: StudioParts) {
  const changed = () => parts.events.publish({ type: 'changed', what: 'comparisons' });
  return new Hono()
    .get('/', query(z.object({ projectId: Id })), (c) =>
      c.json({ comparisons: parts.library().comparisons(c.req.valid('query').projectId) }),
    )
    .post('/', jsonBody(ComparisonInput), (c) => {
      const comparison = parts.library().createComparison(c.req.valid('json'));
      changed();
      return c.json(comparison);
    })
    .get('/:id', ById, (c) => c.json(found(parts.library().comparison(c.req.valid('param').id), 'comparison')))
    .get('/:id/report', ById, AsReport, async (c) =>
      reportResponse(await parts.reports.comparison(c.req.valid('param').id, c.req.valid('query'), c.req.raw.signal)),
    )
    .patch('/:id', ById, jsonBody(ComparisonPatch), (c) => {
      const comparison = parts.library().updateComparison(c.req.valid('param').id, c.req.valid('json'));
      changed();
      return c.json(comparison);
    })
    .put('/:id/decisions', ById, jsonBody(Decision), (c) => {
      const comparison = parts.library().fileDecision(c.req.valid('param').id, c.req.valid('json'));
      changed();
      return c.json(comparison);
    })
    .delete('/:id/decisions/:decisionId', path(z.object({ id: Id, decisionId: Id })), (c) => {
      const { id, decisionId } = c.req.valid('param');
      const comparison = parts.library().removeDecision(id, decisionId);
      changed();
      return c.json(comparison);
    })
    .delete('/:id', ById, (c) => {
      parts.library().removeComparison(c.req.valid('param').id);
      changed();
      return c.json({ ok: true });
    })
    .post('/:id/restore', ById, (c) => {
      const comparison = parts.library().restoreComparison(c.req.valid('param').id);
      changed();
      return c.json(comparison);
    });
}
