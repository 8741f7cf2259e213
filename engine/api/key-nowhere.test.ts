import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRestPeer } from '../../e2e/peers/rest.ts';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const KEY = 'sk_KEYKEY0123456789nowhere';

let parrotted = 0;

/** Says the key back in whatever it answers: in words, in a page, in a header, as a voice. */
const parrot: Server = createServer((request, response) => {
  const key = request.headers.authorization ?? '';
  if (request.url === '/api/v1/voices') {
    const voices = [{ id: 'polly', name: `Polly ${key}`, language: 'en', gender: key, provider: 'x' }];
    response.writeHead(200, { 'content-type': 'application/json', 'x-echo': key }).end(JSON.stringify({ voices }));
  } else if (request.url === '/health') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ status: `not well: ${key}` }));
  } else {
    // At first as a failure, then as if it were sound.
    parrotted += 1;
    response.writeHead(parrotted === 1 ? 500 : 200, { 'content-type': 'text/html' }).end(`<h1>Key ${key} failed</h1>`);
  }
});

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let peer: Awaited<ReturnType<ReturnType<typeof createRestPeer>['start']>>;

beforeAll(async () => {
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  peer = await createRestPeer({ apiKey: KEY }).start();
  parrot.listen(0, '127.0.0.1');
  await once(parrot, 'listening');
});
afterAll(async () => {
  await studio.close();
  await peer.stop();
  parrot.closeAllConnections();
  parrot.close();
  await folder.remove();
});

it('a key is in no answer, event, take, export or file but its own', async () => {
  const heard: string[] = [];
  const stop = studio.studio.parts.events.subscribe((event) => heard.push(JSON.stringify(event)));
  const said = async (response: Response | Promise<Response>) => {
    const answer = await response;
    heard.push(JSON.stringify([...answer.headers]), Buffer.from(await answer.arrayBuffer()).toString('latin1'));
    return answer;
  };
  const projectId = await studio.firstProject();
  const speak = (voiceId: string) =>
    said(
      studio.send('/api/takes', {
        id: crypto.randomUUID(),
        projectId,
        text: 'Good morning to you all.',
        voiceId,
        settings: NEUTRAL_SETTINGS,
      }),
    );
  const url = `http://127.0.0.1:${(parrot.address() as AddressInfo).port}`;
  for (const [id, address] of [
    ['chatterbox', peer.url],
    ['chatterbox-2', url],
  ] as const) {
    await said(studio.send('/api/connections', { kind: 'chatterbox', addresses: [address] }));
    await said(studio.send(`/api/connections/${id}/key`, { key: KEY }, 'PUT'));
    await said(studio.send(`/api/connections/${id}/probe`, {}));
    await said(studio.send(`/api/connections/${id}/test`, {}));
  }
  const { voices } = await (await studio.send('/api/voices/refresh', {})).json();
  const own = voices.find((voice: { provider: string }) => voice.provider === 'chatterbox');
  expect((await speak(own.id)).status).toBe(200);
  for (let time = 1; time <= 2; time += 1) expect((await speak('chatterbox-2:polly')).status).toBe(502);
  const { takes } = await (await studio.call('/api/takes')).json();
  await expect
    .poll(async () => (await (await studio.call(`/api/takes/${takes[0].id}`)).json()).measurements, { timeout: 20_000 })
    .not.toBeNull();
  for (const path of [
    '/api/connections',
    '/api/voices',
    '/api/status',
    '/api/takes',
    '/api/preferences',
    '/api/presets',
    '/api/library/space',
    `/api/takes/${takes[0].id}/wav`,
    `/api/projects/${projectId}/file`,
  ]) {
    expect((await said(studio.call(path))).status, path).toBe(200);
  }
  await said(studio.send('/api/exports', { takeIds: [takes[0].id] }));
  stop();
  expect(heard.join('\n').length).toBeGreaterThan(10_000);
  for (const part of heard) expect(part).not.toContain(KEY);

  // It is in its own file, so that the search finds what there is to be found.
  const found: string[] = [];
  for (const entry of await readdir(folder.folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(KEY)) found.push(entry.name);
  }
  expect(found).toEqual(['keys.json']);
});
