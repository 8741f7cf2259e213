import { Hono } from 'hono';
import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import { MappingFormatId } from '../../shared/mapping/mapping-formats.ts';
import type { WholeMapping } from '../../shared/schemas/mapping.ts';
import { type AliasAnswer, CloneRequest, RowChoice } from '../../shared/schemas/mapping-deeds.ts';
import { Id } from '../../shared/schemas/take.ts';
import { cloneSource } from '../matching/clone-source.ts';
import { pushAliases, takeBackAliases } from '../matching/push-aliases.ts';
import { readMappingFile } from '../matching/read-mapping-file.ts';
import { writeMapping } from '../matching/write-mapping.ts';
import type { StudioParts } from '../studio-parts.ts';
import { found } from './answer.ts';
import { attachment } from './attachment.ts';
import { jsonBody, path, query } from './body.ts';
import { readLimited } from './read-limited.ts';

const ById = path(z.object({ id: Id }));
const ByRow = path(z.object({ rowId: Id }));
const AsFile = query(z.object({ format: MappingFormatId, default: Id.optional() }));
const FromFile = query(
  z.object({
    /** Of the file: its ending tells the format. */
    name: z.string().trim().min(1).max(255),
    apply: z.enum(['true', 'false']).default('false'),
  }),
);

/** Most bytes of a file of a mapping: ten times what a thousand voices take. */
const FILE_LIMIT = 16 * 1024 * 1024;

/** @throws FaultError too_large, invalid */
async function textOf(request: Request): Promise<string> {
  const bytes = await readLimited(request, FILE_LIMIT, { what: 'file', todo: 'Choose a file that Timbre wrote.' });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw fault('invalid', 'The file is no text in UTF-8.', {
      kept: 'Nothing was changed.',
      todo: 'Save it as UTF-8, of a spreadsheet as “CSV UTF-8”.',
    });
  }
}

/** What is done with a mapping: its old ids given to a server, voices made of recordings, files written and read back. */
export function mappingDeedsApi(parts: StudioParts) {
  const mapping = (id: string): WholeMapping => found(parts.library().mappings.one(id), 'mapping');
  const changed = () => parts.events.publish({ type: 'changed', what: 'mappings' });
  return new Hono()
    .post('/:id/aliases', ById, jsonBody(RowChoice), async (c) => {
      const { rowIds } = c.req.valid('json');
      const rows = await pushAliases(mapping(c.req.valid('param').id), rowIds, parts.registry, c.req.raw.signal);
      return c.json<AliasAnswer>({ rows });
    })
    .delete('/:id/aliases', ById, jsonBody(RowChoice), async (c) => {
      const { rowIds } = c.req.valid('json');
      const rows = await takeBackAliases(mapping(c.req.valid('param').id), rowIds, parts.registry, c.req.raw.signal);
      return c.json<AliasAnswer>({ rows });
    })
    .post('/rows/:rowId/clone', ByRow, jsonBody(CloneRequest), async (c) => {
      const made = await cloneSource(c.req.valid('param').rowId, c.req.valid('json'), parts, c.req.raw.signal);
      changed();
      return c.json(made);
    })
    .get('/:id/file', ById, AsFile, (c) => {
      const asked = c.req.valid('query');
      const { name, type, text } = writeMapping(mapping(c.req.valid('param').id), asked.format, asked.default ?? null);
      return new Response(text, { headers: { 'content-type': type, ...attachment(name) } });
    })
    .post('/:id/read', ById, FromFile, async (c) => {
      const { name, apply } = c.req.valid('query');
      const text = await textOf(c.req.raw);
      const { mappings } = parts.library();
      const reading = readMappingFile(mappings, c.req.valid('param').id, { name, text }, apply === 'true');
      if (reading.applied) changed();
      return c.json(reading);
    });
}
