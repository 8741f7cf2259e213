import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { FaultBody } from '../../shared/errors.ts';
import { MappingEntry, MappingRow, WholeMapping } from '../../shared/schemas/mapping.ts';
import { Project } from '../../shared/schemas/project.ts';
import { mappedVoice, mappingInput, sourceVoice, verdictOf } from '../library/test-mapping.ts';
import { answer, espeakRequest, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const Rows = z.object({ rows: z.array(MappingRow) });
const Count = z.object({ count: z.number() });
const Entries = z.object({ mappings: z.array(MappingEntry) });

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let projectId: string;

beforeAll(async () => {
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  projectId = await studio.firstProject();
});
afterAll(async () => {
  await studio.close();
  await folder.remove();
});

const create = async () => answer(await studio.send('/api/mappings', mappingInput(projectId)), WholeMapping);
const read = async (id: string) => answer(await studio.call(`/api/mappings/${id}`), WholeMapping);
const letters = async (id: string) => (await read(id)).rows.map(({ source }) => source.voiceId?.at(-1)).join('');
const remove = (path: string) => studio.call(`/api/mappings/${path}`, { method: 'DELETE' });

/** A mapping with these voices, and the ids of their rows. */
async function withRows(...voices: string[]) {
  const mapping = await create();
  const sources = voices.map((voice) => sourceVoice(`elevenlabs:${voice}`));
  const { rows } = await answer(await studio.send(`/api/mappings/${mapping.id}/rows`, { sources }), Rows);
  return { id: mapping.id, rows: rows.map(({ id }) => id) };
}

async function refused(response: Response) {
  return { status: response.status, ...FaultBody.parse(await response.json()).error };
}

describe('a mapping', () => {
  test('is made, listed, changed, removed and brought back; the page is told each time', async () => {
    const page = studio.listen();
    const made = await create();
    const patched = await studio.send(`/api/mappings/${made.id}`, { name: 'Renamed' }, 'PATCH');
    const changed = await answer(patched, WholeMapping);
    expect(changed).toMatchObject({ ...mappingInput(projectId), name: 'Renamed', rows: [] });
    expect(await read(made.id)).toEqual(changed);
    const list = async () => answer(await studio.call(`/api/mappings?projectId=${projectId}`), Entries);
    expect((await list()).mappings).toMatchObject([{ id: made.id, name: 'Renamed', rows: 0, approved: 0 }]);
    expect((await remove(made.id)).status).toBe(200);
    expect((await list()).mappings).toEqual([]);
    expect((await studio.call(`/api/mappings/${made.id}`)).status).toBe(404);
    expect(await answer(await studio.send(`/api/mappings/${made.id}/restore`, {}), WholeMapping)).toEqual(changed);
    const told = page.all().filter((event) => event.type === 'changed' && event.what === 'mappings');
    expect(told).toHaveLength(4);
  });

  test('that is not right is refused with the field', async () => {
    const wrong = await refused(await studio.send('/api/mappings', { ...mappingInput(projectId), lines: ['  '] }));
    expect(wrong).toMatchObject({ status: 400, code: 'invalid', param: 'lines.0' });
    const side = { ...mappingInput(projectId), from: { kind: 'hearsay' } };
    expect(await refused(await studio.send('/api/mappings', side))).toMatchObject({ status: 400, param: 'from.kind' });
    const none = crypto.randomUUID();
    expect((await studio.send('/api/mappings', mappingInput(none))).status).toBe(404);
    expect((await studio.send(`/api/mappings/${none}`, { name: 'x' }, 'PATCH')).status).toBe(404);
    expect((await remove(none)).status).toBe(404);
  });
});

describe('rows', () => {
  test('are added once, ordered, taken out and brought back', async () => {
    const { id, rows } = await withRows('a', 'b', 'c', 'a');
    expect(rows).toHaveLength(3);
    const [a = '', b = '', c = ''] = rows;
    expect((await studio.send(`/api/mappings/${id}/rows/order`, { ids: [c, b] }, 'PUT')).status).toBe(200);
    expect(await letters(id)).toBe('cba');
    const gone = await studio.send(`/api/mappings/${id}/rows`, { ids: [b] }, 'DELETE');
    expect(await answer(gone, Count)).toEqual({ count: 1 });
    expect(await letters(id)).toBe('ca');
    expect((await studio.call(`/api/mappings/rows/${b}`)).status).toBe(404);
    const back = await studio.send(`/api/mappings/${id}/rows/restore`, { ids: [b, a] });
    expect(await answer(back, Count)).toEqual({ count: 1 });
    expect(await letters(id)).toBe('cba');
  });

  test('take a choice; it is approved, counted, and no longer when the verdict is taken back', async () => {
    const { id, rows } = await withRows('a', 'b');
    const path = `/api/mappings/rows/${rows[0]}`;
    const choice = mappedVoice('chatterbox:Emily.wav', { voiceName: 'Emily' });
    const chosen = await answer(await studio.send(path, { choice }, 'PATCH'), MappingRow);
    expect(chosen).toMatchObject({ choice, byHand: true, anyLabels: false });
    const verdict = verdictOf(choice, { note: 'warm' });
    const judged = await answer(await studio.send(`${path}/verdicts`, verdict, 'PUT'), MappingRow);
    expect(judged.verdicts).toEqual([verdict]);
    const approved = async () => {
      const { mappings } = await answer(await studio.call(`/api/mappings?projectId=${projectId}`), Entries);
      return mappings.find((mapping) => mapping.id === id)?.approved;
    };
    expect(await approved()).toBe(1);
    const undone = await answer(await remove(`rows/${rows[0]}/verdicts/${verdict.id}`), MappingRow);
    expect(undone).toMatchObject({ choice, verdicts: [] });
    expect(await approved()).toBe(0);
    expect(await answer(await studio.call(path), MappingRow)).toEqual(undone);
  });

  test('refuse a verdict of nothing, settings out of range, and another voice', async () => {
    const { rows } = await withRows('a');
    const path = `/api/mappings/rows/${rows[0]}`;
    const nothing = await refused(await studio.send(`${path}/verdicts`, verdictOf(null), 'PUT'));
    expect(nothing).toMatchObject({ status: 400, param: 'choice', todo: expect.any(String) });
    const choice = { ...mappedVoice('chatterbox:x'), settings: { speed: 9 } };
    expect(await refused(await studio.send(path, { choice }, 'PATCH'))).toMatchObject({
      param: 'choice.settings.speed',
    });
    const other = await refused(await studio.send(path, { source: sourceVoice('elevenlabs:b') }, 'PATCH'));
    expect(other).toMatchObject({ status: 400, param: 'source.voiceId' });
    const away = await refused(await studio.send(`/api/mappings/rows/${crypto.randomUUID()}`, {}, 'PATCH'));
    expect(away.status).toBe(404);
  });
});

test('takes are made on the shelf without showing it', async () => {
  const shelf = studio.studio.parts.library().shelf();
  const request = espeakRequest(shelf, 'The ship sails at noon.');
  const made = await studio.send('/api/takes', request);
  expect(made.status).toBe(200);
  await made.arrayBuffer();
  const { projects } = await answer(await studio.call('/api/projects'), z.object({ projects: z.array(Project) }));
  expect(projects.map(({ id }) => id)).not.toContain(shelf);
  expect((await studio.call(`/api/takes/${request.id}`)).status).toBe(200);
  expect((await studio.call('/api/takes').then((page) => page.json())).total).toBe(0);
  expect((await studio.send(`/api/projects/${shelf}`, { name: 'Mine' }, 'PATCH')).status).toBe(404);
  expect((await studio.call(`/api/projects/${shelf}`, { method: 'DELETE' })).status).toBe(404);
  expect((await studio.call(`/api/projects/${shelf}/file`)).status).toBe(404);
});
