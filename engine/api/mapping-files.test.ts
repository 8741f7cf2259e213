import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FaultBody } from '../../shared/errors.ts';
import { mappingFile } from '../../shared/mapping/mapping-file.ts';
import { MAPPING_FORMATS, mappingFormat } from '../../shared/mapping/mapping-formats.ts';
import { broughtBack, GUIDE } from '../../shared/mapping/testing/mappings.ts';
import { type MappingInput, WholeMapping } from '../../shared/schemas/mapping.ts';
import { MappingReading } from '../../shared/schemas/mapping-deeds.ts';
import { mappingInput } from '../library/test-mapping.ts';
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

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

const create = async (more: Partial<MappingInput> = {}) =>
  answer(await studio.send('/api/mappings', mappingInput(projectId, more)), WholeMapping);
const whole = async (id: string) => answer(await studio.call(`/api/mappings/${id}`), WholeMapping);
const rowsOf = async (id: string) => mappingFile(await whole(id)).rows;
const send = (id: string, name: string, body: BodyInit, apply: boolean) =>
  studio.sendBytes(`/api/mappings/${id}/read?${new URLSearchParams({ name, apply: String(apply) })}`, body);
const bring = async (id: string, name: string, text: string, apply = true) =>
  answer(await send(id, name, text, apply), MappingReading);
const download = (id: string, format: string, more = '') =>
  studio.call(`/api/mappings/${id}/file?format=${format}${more}`);
const refused = async (response: Response) => ({
  status: response.status,
  ...FaultBody.parse(await response.json()).error,
});

/** A mapping with the rows of the guide, by the way of a file. */
async function guide(): Promise<string> {
  const { id } = await create({ name: 'Audio: guide' });
  await bring(id, 'guide.timbre.json', mappingFormat('json').write(GUIDE));
  return id;
}

/** What the guide's rows are once nothing is measured. */
const GUIDE_ROWS = GUIDE.rows.map((row) => ({ ...row, distance: null, leftover: [] }));

describe('a file of a mapping', () => {
  test.each(MAPPING_FORMATS)('is written and read back: $id', async ({ id: format, ending, type, readsBack }) => {
    const id = await guide();
    const response = await download(id, format);
    expect(response.headers.get('content-type')).toBe(type);
    const name = /filename="([^"]+)"/u.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';
    expect(name).toMatch(/^Audio_guide-\d{4}-\d\d-\d\d\./u);
    expect(name.endsWith(ending)).toBe(true);
    // As bytes: of a text the mark at its beginning would be left out.
    const bytes = await response.arrayBuffer();

    // Into an empty mapping, which goes the other way where the file leads back.
    const back = format.startsWith('rollback');
    const { from, to } = mappingInput(projectId);
    const other = await create(back ? { from: to, to: from } : {});
    const reading = await answer(await send(other.id, name, bytes, true), MappingReading);
    expect(reading).toMatchObject({ applied: true, unchanged: 0, problems: [] });
    expect(reading.changes.every(({ added, rowId }) => added && rowId !== null)).toBe(true);

    const rows = await rowsOf(other.id);
    const approved = GUIDE_ROWS.filter(({ verdict }) => verdict === 'approved');
    if (readsBack === 'rows' && !back) expect(rows).toEqual(GUIDE_ROWS);
    else if (back) {
      const pairs = rows.map(({ old, new: next }) => [old.voiceId, next?.voiceId, next?.settings]);
      expect(pairs).toEqual(approved.map((row) => [row.new?.voiceId, row.old.voiceId, row.old.settings]));
    } else {
      const near = rows.map((row) => ({ ...broughtBack(row), old: { ...row.old, settings: null } }));
      expect(near).toEqual(approved.map(broughtBack));
    }
    // A second time there is nothing to do.
    const again = await answer(await send(other.id, name, bytes, true), MappingReading);
    expect(again).toMatchObject({ changes: [], unchanged: rows.length });
  });

  test('names the default that was chosen', async () => {
    const id = await guide();
    const { rows } = await whole(id);
    expect(await (await download(id, 'rollback-env', `&default=${rows[1]?.id}`)).text()).toContain(
      "VOICE_MAPPING_DEFAULT='2'",
    );
    expect(await refused(await download(id, 'env', `&default=${rows[2]?.id}`))).toMatchObject({ status: 409 });
    const away = await refused(await download(id, 'env', `&default=${crypto.randomUUID()}`));
    expect(away).toMatchObject({ status: 404, param: 'default' });
    expect(await refused(await download(id, 'word'))).toMatchObject({ status: 400, param: 'format' });
    expect((await download(crypto.randomUUID(), 'json')).status).toBe(404);
  });

  test('is looked at before it is applied, and then applied as a whole', async () => {
    const id = await guide();
    const page = studio.listen();
    const text = await (await download(id, 'csv')).text();
    const csv = text.replace('chatterbox:predefined/Emily.wav', 'chatterbox:predefined/Anna.wav');
    const before = await whole(id);
    const seen = await bring(id, 'guide.csv', csv, false);
    expect(seen).toMatchObject({
      applied: false,
      unchanged: 2,
      changes: [
        {
          rowId: before.rows[0]?.id,
          added: false,
          oldVoiceName: 'Rachel',
          choice: { was: before.rows[0]?.choice, becomes: { voiceId: 'chatterbox:predefined/Anna.wav' } },
          verdict: { becomes: { verdict: 'approved', by: 'Ada' } },
        },
      ],
    });
    expect(await whole(id)).toEqual(before);
    await bring(id, 'guide.csv', csv);
    const [row] = (await whole(id)).rows;
    expect(row).toMatchObject({ choice: { voiceId: 'chatterbox:predefined/Anna.wav' }, byHand: true });
    expect(row?.verdicts).toHaveLength(2);
    expect(page.all().filter((event) => event.type === 'changed' && event.what === 'mappings')).toHaveLength(1);
  });

  test('that is refused in its midst changes nothing', async () => {
    const { id } = await create();
    const [row] = GUIDE.rows;
    if (!row) throw new Error('The guide has rows.');
    const many = Array.from({ length: 1000 }, (_, i) => ({ ...row, old: { ...row.old, voiceId: `elevenlabs:${i}` } }));
    await bring(id, 'guide.json', mappingFormat('json').write(GUIDE));
    const before = await whole(id);
    const response = await send(id, 'many.json', mappingFormat('json').write({ ...GUIDE, rows: many }), true);
    expect(await refused(response)).toMatchObject({ status: 413, kept: expect.any(String) });
    expect(await whole(id)).toEqual(before);
  });

  test('that is none is refused, and why is said', async () => {
    const { id } = await create();
    expect(await refused(await send(id, 'guide.wav', 'x', true))).toMatchObject({
      status: 400,
      kept: 'Nothing was changed.',
    });
    expect(await refused(await send(id, 'guide.json', '{', true))).toMatchObject({ status: 400 });
    const utf16 = await refused(await send(id, 'guide.csv', new Uint8Array([0xff, 0xfe, 0x41, 0]), true));
    expect(utf16).toMatchObject({ status: 400, todo: expect.stringContaining('UTF-8') });
    const away = await send(crypto.randomUUID(), 'guide.json', mappingFormat('json').write(GUIDE), false);
    expect(away.status).toBe(404);
    const wayBack = await send(await guide(), 'g.rollback.timbre.json', mappingFormat('rollback').write(GUIDE), true);
    expect(await refused(wayBack)).toMatchObject({ status: 409, todo: expect.any(String) });
  });
});
