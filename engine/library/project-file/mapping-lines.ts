import { z } from 'zod';
import { Mapping, type MappingRow, MappingRow as Row } from '../../../shared/schemas/mapping.ts';
import { When } from '../../../shared/schemas/when.ts';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { inOrder, MappingRows } from '../mapping-rows.ts';
import { MappingStore } from '../mapping-store.ts';
import type { Place } from '../place.ts';

const Line = z.union([
  z.object({ mapping: Mapping.extend({ createdAt: When, updatedAt: When }) }),
  z.object({ row: Row.extend({ updatedAt: When }) }),
]);

/** The mappings of a project, each as a line of JSON, with their rows behind them. */
export function* mappingLines(place: Place, projectId: string): Generator<string> {
  for (const { rows, ...mapping } of new MappingStore(place).all(projectId)) {
    yield `${JSON.stringify({ mapping })}\n`;
    for (const row of rows) yield `${JSON.stringify({ row })}\n`;
  }
}

/**
 * Takes over one line. Of a mapping or row that is in both, what was changed last is kept, and every verdict of both; what
 * was removed here comes back.
 *
 * @throws what says why the line cannot be taken over
 */
export function mergeMappingLine(place: Place, projectId: string, text: string): void {
  const line = Line.parse(parseJson(text));
  place.database.transaction(() => {
    if ('mapping' in line) mergeMapping(place, { ...line.mapping, projectId });
    else mergeRow(place, line.row);
  });
}

function mergeMapping(place: Place, given: Mapping): void {
  const store = new MappingStore(place);
  const mapping = { ...given, updatedAt: Math.min(given.updatedAt, Date.now()) };
  const known = place.database.get('SELECT updated_at, deleted_at FROM mappings WHERE id = ?', mapping.id);
  if (known === undefined) store.insert(mapping);
  else {
    if (known.deleted_at !== null) store.restore(mapping.id);
    if (Number(known.updated_at) < mapping.updatedAt) store.replace(mapping);
  }
}

function mergeRow(place: Place, given: MappingRow): void {
  const rows = new MappingRows(place);
  const row = { ...settled(given), updatedAt: Math.min(given.updatedAt, Date.now()) };
  const { id, mappingId } = row;
  if (place.database.get('SELECT id FROM mappings WHERE id = ? AND deleted_at IS NULL', mappingId) === undefined) {
    throw new Error('its mapping is not there');
  }
  const known = place.database.get('SELECT mapping_id, deleted_at FROM mapping_rows WHERE id = ?', id);
  if (known === undefined) {
    rows.append(row);
    return;
  }
  if (known.mapping_id !== mappingId) throw new Error('it is a row of another mapping here');
  if (known.deleted_at !== null) rows.restore(mappingId, [id]);
  const here = rows.one(id);
  // It did not come back beside its own voice, or it cannot be read.
  if (here === null) return;
  const newest = here.updatedAt < row.updatedAt ? row : here;
  const others = row.verdicts.filter((verdict) => !here.verdicts.some((own) => own.id === verdict.id));
  rows.replace({ ...newest, place: here.place, verdicts: inOrder([...here.verdicts, ...others]) });
}

/** Nobody here looks for the successor of a row that was under way elsewhere. */
function settled(row: MappingRow): MappingRow {
  if (row.state !== 'queued' && row.state !== 'running') return row;
  return { ...row, state: row.proposal === null ? 'new' : 'proposed' };
}
