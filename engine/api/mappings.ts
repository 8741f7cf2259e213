import { Hono } from 'hono';
import { z } from 'zod';
import {
  MappingInput,
  MappingPatch,
  MappingRowPatch,
  MappingVerdict,
  MOST_ROWS,
  SourceVoice,
} from '../../shared/schemas/mapping.ts';
import { MatchPlan, MatchRunRequest } from '../../shared/schemas/match-run.ts';
import { Id } from '../../shared/schemas/take.ts';
import type { StudioParts } from '../studio-parts.ts';
import { found } from './answer.ts';
import { jsonBody, path, query } from './body.ts';

const ById = path(z.object({ id: Id }));
const ByRun = path(z.object({ runId: Id }));
const ByRow = path(z.object({ rowId: Id }));
const Ids = jsonBody(z.object({ ids: z.array(Id).min(1).max(MOST_ROWS) }));
const Sources = jsonBody(z.object({ sources: z.array(SourceVoice).min(1).max(MOST_ROWS) }));

/** Mappings from voice to voice: keep, read, change, remove; their rows, and what was said of them. */
export function mappingsApi(parts: StudioParts) {
  const mappings = () => parts.library().mappings;
  const changed = () => parts.events.publish({ type: 'changed', what: 'mappings' });
  /** The value, after the page was told that something changed. */
  const told = <Value>(value: Value): Value => {
    changed();
    return value;
  };
  return new Hono()
    .get('/', query(z.object({ projectId: Id })), (c) =>
      c.json({ mappings: mappings().list(c.req.valid('query').projectId) }),
    )
    .post('/', jsonBody(MappingInput), (c) => c.json(told(mappings().create(c.req.valid('json')))))
    .get('/sources', query(z.object({ provider: z.string().min(1).max(200) })), async (c) =>
      c.json(await parts.matching.sources(c.req.valid('query').provider, c.req.raw.signal)),
    )
    .post('/runs/:runId/stop', ByRun, async (c) => c.json(await parts.matching.stop(c.req.valid('param').runId)))
    .post('/runs/:runId/continue', ByRun, (c) => c.json(parts.matching.continue(c.req.valid('param').runId)))
    .get('/rows/:rowId', ByRow, (c) => c.json(found(mappings().row(c.req.valid('param').rowId), 'row of a mapping')))
    .patch('/rows/:rowId', ByRow, jsonBody(MappingRowPatch), (c) =>
      c.json(told(mappings().patchRow(c.req.valid('param').rowId, c.req.valid('json')))),
    )
    .put('/rows/:rowId/verdicts', ByRow, jsonBody(MappingVerdict), (c) =>
      c.json(told(mappings().fileVerdict(c.req.valid('param').rowId, c.req.valid('json')))),
    )
    .delete('/rows/:rowId/verdicts/:verdictId', path(z.object({ rowId: Id, verdictId: Id })), (c) => {
      const { rowId, verdictId } = c.req.valid('param');
      return c.json(told(mappings().takeBackVerdict(rowId, verdictId)));
    })
    .get('/:id', ById, (c) => c.json(found(mappings().one(c.req.valid('param').id), 'mapping')))
    .post('/:id/estimate', ById, jsonBody(MatchPlan), async (c) =>
      c.json(await parts.matching.estimate(c.req.valid('param').id, c.req.valid('json'), c.req.raw.signal)),
    )
    .get('/:id/runs', ById, (c) => c.json({ runs: parts.matching.runs(c.req.valid('param').id) }))
    .post('/:id/runs', ById, jsonBody(MatchRunRequest), async (c) =>
      c.json(await parts.matching.start(c.req.valid('param').id, c.req.valid('json'))),
    )
    .patch('/:id', ById, jsonBody(MappingPatch), (c) =>
      c.json(told(mappings().update(c.req.valid('param').id, c.req.valid('json')))),
    )
    .delete('/:id', ById, (c) => {
      mappings().remove(c.req.valid('param').id);
      return c.json(told({ ok: true }));
    })
    .post('/:id/restore', ById, (c) => c.json(told(mappings().restore(c.req.valid('param').id))))
    .post('/:id/rows', ById, Sources, (c) =>
      c.json(told({ rows: mappings().addRows(c.req.valid('param').id, c.req.valid('json').sources) })),
    )
    .delete('/:id/rows', ById, Ids, (c) =>
      c.json(told({ count: mappings().removeRows(c.req.valid('param').id, c.req.valid('json').ids) })),
    )
    .post('/:id/rows/restore', ById, Ids, (c) =>
      c.json(told({ count: mappings().restoreRows(c.req.valid('param').id, c.req.valid('json').ids) })),
    )
    .put('/:id/rows/order', ById, Ids, (c) => {
      mappings().orderRows(c.req.valid('param').id, c.req.valid('json').ids);
      return c.json(told({ ok: true }));
    });
}
