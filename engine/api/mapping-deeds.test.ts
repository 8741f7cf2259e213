import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDevnenPeer } from '../../e2e/peers/devnen.ts';
import { createTravisvnPeer } from '../../e2e/peers/travisvn.ts';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { FaultBody } from '../../shared/errors.ts';
import { ConnectionView } from '../../shared/schemas/connection.ts';
import { type MappedVoice, MappingRow, type SourceVoice, WholeMapping } from '../../shared/schemas/mapping.ts';
import { AliasAnswer, type AliasOutcome, CloneAnswer } from '../../shared/schemas/mapping-deeds.ts';
import { wavFile } from '../../shared/sound/pcm.ts';
import { mappedVoice, mappingInput, sourceVoice, verdictOf } from '../library/test-mapping.ts';
import { answer, espeakRequest, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

/** Ids that voices have at ElevenLabs. */
const [RACHEL, ADAM] = ['21m00Tcm4TlvDq8ikWAM', 'pNInz6obpgDQGcFmaJgB'] as const;
const SAID = 'A truck loaded with apples blocked the entrance to the tunnel for more than an hour this morning.';

const travisvn = createTravisvnPeer();
const devnen = createDevnenPeer({ model: 'original' });
let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let projectId: string;

/** Brings a voice to the travisvn server. */
async function bring(name: string): Promise<void> {
  const form = new FormData();
  form.set('voice_name', name);
  form.set('voice_file', new File([wavFile(new Int16Array(24_000).fill(name.length), 24_000)], `${name}.wav`));
  expect((await fetch(`${travisvn.url}/voices`, { method: 'POST', body: form })).status).toBe(201);
}

beforeAll(async () => {
  await travisvn.start();
  await devnen.start();
  await bring('emily');
  await bring('henry');
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  projectId = await studio.firstProject();
  // Their ids are `chatterbox` and `chatterbox-2`, in this order.
  for (const { url } of [travisvn, devnen]) {
    const added = await studio.send('/api/connections', { kind: 'chatterbox', addresses: [url] });
    await answer(added, ConnectionView);
  }
  await studio.send('/api/voices/refresh', {});
});
afterAll(async () => {
  await studio.close();
  await travisvn.stop();
  await devnen.stop();
  await folder.remove();
});

/** A mapping with these rows. Those with a new voice are approved. */
async function mapped(...pairs: [old: SourceVoice, choice: MappedVoice | null][]): Promise<WholeMapping> {
  const { id } = await answer(await studio.send('/api/mappings', mappingInput(projectId)), WholeMapping);
  await studio.send(`/api/mappings/${id}/rows`, { sources: pairs.map(([old]) => old) });
  const { rows } = await read(id);
  for (const [i, { id: rowId }] of rows.entries()) {
    const choice = pairs[i]?.[1];
    if (!choice) continue;
    await studio.send(`/api/mappings/rows/${rowId}`, { choice }, 'PATCH');
    await studio.send(`/api/mappings/rows/${rowId}/verdicts`, verdictOf(choice), 'PUT');
  }
  return read(id);
}
const read = async (id: string) => answer(await studio.call(`/api/mappings/${id}`), WholeMapping);
const old = (id: string) => sourceVoice(`elevenlabs:${id}`, { voiceName: id });
const refused = async (response: Response) => ({
  status: response.status,
  ...FaultBody.parse(await response.json()).error,
});
/** Whose voice the server speaks with when it is asked for a name. */
async function speakerOf(voice: string): Promise<string | undefined> {
  const body = JSON.stringify({ input: SAID, voice });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${travisvn.url}/v1/audio/speech`, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return travisvn.engine.spoken.at(-1)?.voice;
}

describe('old ids as other names of new voices', () => {
  const send = async (id: string, method: string, rowIds?: string[]) =>
    (await answer(await studio.send(`/api/mappings/${id}/aliases`, { rowIds }, method), AliasAnswer)).rows;
  const outcomes = (rows: AliasOutcome[]) => rows.map(({ alias, outcome }) => [alias, outcome]);

  test('are given, are there the second time, and are taken back', async () => {
    const { id } = await mapped(
      [old(RACHEL), mappedVoice('chatterbox:emily')],
      [old(ADAM), mappedVoice('chatterbox:henry')],
      [old('nobody'), null],
    );
    const given = await send(id, 'POST');
    expect(outcomes(given)).toEqual([
      [RACHEL, 'given'],
      [ADAM, 'given'],
    ]);
    expect(given[0]).toMatchObject({ voiceId: 'chatterbox:emily', fault: null });
    expect([await speakerOf(RACHEL), await speakerOf(ADAM)]).toEqual(['emily', 'henry']);
    expect((await send(id, 'POST')).map(({ outcome }) => outcome)).toEqual(['there', 'there']);

    // A voice that was approved once has the name still, whatever is chosen since.
    const { rows } = await read(id);
    await studio.send(`/api/mappings/rows/${rows[1]?.id}`, { choice: mappedVoice('chatterbox:emily') }, 'PATCH');
    expect(outcomes(await send(id, 'DELETE'))).toEqual([
      [RACHEL, 'taken away'],
      [ADAM, 'not there'],
      [ADAM, 'taken away'],
    ]);
    expect(await speakerOf(RACHEL)).toBe('default');
    expect((await send(id, 'DELETE')).map(({ outcome }) => outcome)).toEqual(['not there', 'not there', 'not there']);
  });

  test('are refused row by row with a reason, and the others are given', async () => {
    const { id, rows } = await mapped(
      [old('henry'), mappedVoice('chatterbox:emily')],
      [old('other'), mappedVoice('builtin:espeak/en-us')],
      [old('third'), mappedVoice('gone:voice')],
      [old('fourth'), mappedVoice('chatterbox:nobody')],
      [sourceVoice(null, { voiceName: 'Recorded' }), mappedVoice('chatterbox:emily')],
      [old('late'), null],
      [old(RACHEL), mappedVoice('chatterbox:emily')],
    );
    const told = await send(
      id,
      'POST',
      rows.map((row) => row.id),
    );
    expect(told.map(({ fault }) => fault?.code ?? null)).toEqual([
      'conflict',
      'unsupported',
      'not_found',
      'unknown_voice',
      'unsupported',
      'conflict',
      null,
    ]);
    expect(told[0]?.fault?.message).toContain('it is the name of a voice there');
    expect(told[5]?.fault?.message).toBe('The new voice is not approved.');
    expect(told[6]).toMatchObject({ outcome: 'given', alias: RACHEL });
    const back = await send(id, 'DELETE', [rows[1]?.id ?? '', rows[6]?.id ?? '']);
    expect(outcomes(back)).toEqual([
      ['other', 'not there'],
      [RACHEL, 'taken away'],
    ]);
  });

  test('of a row that is not there are refused as a whole', async () => {
    const { id } = await mapped([old(RACHEL), mappedVoice('chatterbox:emily')]);
    const response = await studio.send(`/api/mappings/${id}/aliases`, { rowIds: [crypto.randomUUID()] });
    expect(await refused(response)).toMatchObject({ status: 404, param: 'rowIds', kept: expect.any(String) });
    expect(await speakerOf(RACHEL)).toBe('default');
  });
});

describe('a voice of a recording', () => {
  /** A take of about six seconds. */
  async function take(text = SAID): Promise<string> {
    const request = espeakRequest(projectId, text);
    await (await studio.send('/api/takes', request)).arrayBuffer();
    return request.id;
  }
  const clone = (rowId: string, body: object) => studio.send(`/api/mappings/rows/${rowId}/clone`, body);
  const rowOf = async () => (await mapped([old(RACHEL), null])).rows[0]?.id ?? '';

  test.each(['chatterbox', 'chatterbox-2'])('is made at %s, speaks, and is chosen by hand', async (provider) => {
    const rowId = await rowOf();
    const takeIds = [await take(), await take(`${SAID} Nobody was hurt.`)];
    const body = { provider, takeIds, name: 'Rachel anew', rightsStated: true, by: 'Ada' };
    const made = await answer(await clone(rowId, body), CloneAnswer);
    expect(made.voiceId).toMatch(provider === 'chatterbox' ? /:Rachel_anew/u : /:reference\/Rachel_anew-\w+\.wav$/u);
    expect(made.seconds).toBeGreaterThan(10);
    expect(made.seconds).toBeLessThan(30);
    const choice = { voiceId: made.voiceId, modelId: null, settings: NEUTRAL_SETTINGS };
    expect(made.row).toMatchObject({ id: rowId, choice, byHand: true });
    expect(made.row.verdicts).toMatchObject([
      { verdict: 'later', by: 'Ada', choice, note: expect.stringContaining('rights to this voice are held') },
    ]);
    expect(await answer(await studio.call(`/api/mappings/rows/${rowId}`), MappingRow)).toEqual(made.row);

    const spoken = { ...espeakRequest(projectId, 'It speaks.'), voiceId: made.voiceId };
    const sound = await studio.send('/api/takes', spoken);
    expect(sound.status).toBe(200);
    expect((await sound.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
    const peer = provider === 'chatterbox' ? travisvn : devnen;
    expect(`${provider}:${peer.engine.spoken.at(-1)?.voice}`).toBe(made.voiceId.replace('reference/', ''));
  });

  test('is cut to what its server takes', async () => {
    const takeIds = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => take(`${SAID} It was number ${n}, as they say.`)));
    const body = { provider: 'chatterbox-2', takeIds, name: 'Long', rightsStated: true };
    const made = await answer(await clone(await rowOf(), body), CloneAnswer);
    expect(made.seconds).toBeGreaterThan(26);
    expect(made.seconds).toBeLessThanOrEqual(30);
  });

  test.each([{}, { rightsStated: false }, { rightsStated: 'true' }])(
    'is not made without the rights: %j',
    async (stated) => {
      const rowId = await rowOf();
      const uploads = () => devnen.askedFor('/upload_reference').length;
      const before = uploads();
      const body = { provider: 'chatterbox-2', takeIds: [await take()], name: 'Rachel', ...stated };
      expect(await refused(await clone(rowId, body))).toMatchObject({ status: 400, param: 'rightsStated' });
      expect(uploads()).toBe(before);
      const row = await answer(await studio.call(`/api/mappings/rows/${rowId}`), MappingRow);
      expect(row).toMatchObject({ choice: null, verdicts: [] });
    },
  );

  test('is not made of what is not there, and not where none can be', async () => {
    const rowId = await rowOf();
    const body = { provider: 'chatterbox', takeIds: [await take()], name: 'Rachel', rightsStated: true };
    expect(await refused(await clone(crypto.randomUUID(), body))).toMatchObject({ status: 404, param: 'rowId' });
    const gone = { ...body, takeIds: [crypto.randomUUID()] };
    expect(await refused(await clone(rowId, gone))).toMatchObject({ status: 404, param: 'takeIds' });
    expect(await refused(await clone(rowId, { ...body, provider: 'nobody' }))).toMatchObject({ status: 404 });
    expect(await refused(await clone(rowId, { ...body, provider: 'builtin' }))).toMatchObject({ code: 'unsupported' });
  });
});
