import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createDevnenPeer } from '../../e2e/peers/devnen.ts';
import { createRestPeer } from '../../e2e/peers/rest.ts';
import { FaultBody } from '../../shared/errors.ts';
import { ConnectionsView, ConnectionView, TestStep, VoiceListState } from '../../shared/schemas/connection.ts';
import { Voice } from '../../shared/schemas/voice.ts';
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const KEY = 'rest-key-0123456789';
/** Ms that a wait may take on a busy machine. */
const PATIENT = { timeout: 20_000 };
const VoiceAnswer = z.object({ voices: z.array(Voice), lists: z.array(VoiceListState) });

let peer: Awaited<ReturnType<ReturnType<typeof createDevnenPeer>['start']>>;
let guarded: Awaited<ReturnType<ReturnType<typeof createRestPeer>['start']>>;
let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;

beforeAll(async () => {
  peer = await createDevnenPeer({ model: 'original' }).start();
  guarded = await createRestPeer({ apiKey: KEY }).start();
});
afterAll(async () => {
  await peer.stop();
  await guarded.stop();
});
beforeEach(async () => {
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
});
afterEach(async () => {
  peer.faults.clear();
  await studio.close();
  vi.unstubAllEnvs();
  await folder.remove();
});

const restart = async () => {
  await studio.close();
  studio = await openStudio(folder.folder);
};
const all = async () => answer(await studio.call('/api/connections'), ConnectionsView);
const add = async (addresses: string[]) =>
  answer(await studio.send('/api/connections', { kind: 'chatterbox', addresses }), ConnectionView);
const refused = async (response: Response) => {
  const { error } = FaultBody.parse(await response.json());
  return { status: response.status, ...error };
};
const voices = async () => answer(await studio.send('/api/voices/refresh', {}), VoiceAnswer);
async function walk(id: string): Promise<TestStep[]> {
  const response = await studio.send(`/api/connections/${id}/test`, {});
  const lines = (await response.text()).trim().split('\n');
  return lines.map((line) => TestStep.parse(JSON.parse(line))).filter(({ state }) => state !== 'running');
}

describe('a provider that is set up', () => {
  it('is looked at, lists its voices, and is there after a restart', async () => {
    const { connection } = await add([peer.url]);
    expect(connection).toMatchObject({ id: 'chatterbox', name: 'Chatterbox', addresses: [peer.url] });
    const listed = await voices();
    expect(listed.voices.filter(({ provider }) => provider === 'chatterbox').length).toBeGreaterThan(10);
    await restart();
    const [again] = (await all()).connections;
    expect(again?.connection).toEqual(connection);
    // The list is there before the server was asked again.
    const known = await answer(await studio.call('/api/voices'), VoiceAnswer);
    expect(known.lists[0]).toMatchObject({ provider: 'chatterbox', voices: listed.lists[0]?.voices });
  });

  it('keeps its voices where its server is gone, and says what is wrong', async () => {
    const gone = await createDevnenPeer({ model: 'original' }).start();
    await add([gone.url]);
    const before = await voices();
    await gone.stop();
    const after = await voices();
    expect(after.voices).toEqual(before.voices);
    expect(after.lists[0]?.fault).toMatchObject({ code: 'unreachable' });
    const [view] = (await all()).connections;
    expect(view?.health.status).toBe('failed');
  });

  it('is changed and removed; a second one of its kind has a name of its own', async () => {
    await add([peer.url]);
    const second = await add([]);
    expect(second.connection).toMatchObject({ id: 'chatterbox-2', name: 'Chatterbox 2' });
    expect(second.health).toMatchObject({
      status: 'failed',
      note: 'Chatterbox 2 has no address yet.',
      fault: { code: 'unreachable', todo: expect.any(String) },
    });
    const renamed = await answer(
      await studio.send('/api/connections/chatterbox', { name: 'Lab' }, 'PATCH'),
      ConnectionView,
    );
    expect(renamed.connection.name).toBe('Lab');
    expect((await studio.call('/api/connections/chatterbox', { method: 'DELETE' })).status).toBe(200);
    expect((await all()).connections.map(({ connection }) => connection.id)).toEqual(['chatterbox-2']);
  });

  it.each([
    ['no address', 'localhost', /no address/],
    ['a password', 'http://me:secret@localhost:1', /name or password/],
    ['a query', 'http://localhost:1/?key=1', /end with its path/],
    ['another protocol', 'file:///etc/passwd', /http/],
  ])('takes no address with %s', async (_what, address, words) => {
    const response = await studio.send('/api/connections', { kind: 'chatterbox', addresses: [address] });
    expect(await refused(response)).toMatchObject({ status: 400, message: expect.stringMatching(words) });
  });

  it('of a kind there is not is refused', async () => {
    expect(await refused(await studio.send('/api/connections', { kind: 'nobody' }))).toMatchObject({ param: 'kind' });
  });
});

describe('a key', () => {
  it('goes to its provider and nowhere else', async () => {
    await add([guarded.url]);
    expect((await walk('chatterbox'))[0]).toMatchObject({ state: 'failed', fault: { code: 'unauthorised' } });
    const view = await answer(
      await studio.send('/api/connections/chatterbox/key', { key: KEY }, 'PUT'),
      ConnectionView,
    );
    expect(view.key).toEqual({ last4: '6789', where: 'file' });
    expect((await walk('chatterbox')).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(JSON.stringify([await all(), await voices()])).not.toContain(KEY);
    const file = join(folder.folder, 'keys.json');
    expect(await readFile(file, 'utf8')).toContain(KEY);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is forgotten when it or its provider is removed', async () => {
    await add([guarded.url]);
    const file = join(folder.folder, 'keys.json');
    const set = () => studio.send('/api/connections/chatterbox/key', { key: KEY }, 'PUT');
    await set();
    const view = await answer(
      await studio.call('/api/connections/chatterbox/key', { method: 'DELETE' }),
      ConnectionView,
    );
    expect(view.key.where).toBe('none');
    expect(await readFile(file, 'utf8')).not.toContain(KEY);
    await set();
    await studio.call('/api/connections/chatterbox', { method: 'DELETE' });
    expect(await readFile(file, 'utf8')).not.toContain(KEY);
  });
});

describe('the environment', () => {
  it('sets a provider up, and what it decides is not changed in the app', async () => {
    vi.stubEnv('CHATTERBOX_API_URL', `${guarded.url}, http://me:secret@127.0.0.1:1`);
    vi.stubEnv('CHATTERBOX_API_KEY', KEY);
    await restart();
    const { connections } = await all();
    expect(connections[0]).toMatchObject({
      connection: { id: 'chatterbox', addresses: [guarded.url] },
      key: { last4: '6789', where: 'environment' },
      environment: { addresses: 'CHATTERBOX_API_URL', key: 'CHATTERBOX_API_KEY' },
    });
    expect((await walk('chatterbox')).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    const change = await studio.send('/api/connections/chatterbox', { addresses: [peer.url] }, 'PATCH');
    expect(await refused(change)).toMatchObject({ status: 409, param: 'addresses', message: /CHATTERBOX_API_URL/ });
    const key = await studio.send('/api/connections/chatterbox/key', { key: 'another' }, 'PUT');
    expect(await refused(key)).toMatchObject({ status: 409, param: 'key' });
    const removal = await studio.call('/api/connections/chatterbox', { method: 'DELETE' });
    expect(await refused(removal)).toMatchObject({ status: 409 });
    const named = await studio.send('/api/connections/chatterbox', { name: 'Ours' }, 'PATCH');
    expect((await answer(named, ConnectionView)).connection.name).toBe('Ours');
    const status = await (await studio.call('/api/status')).text();
    expect(status).toContain('An address in CHATTERBOX_API_URL');
    expect(status).not.toContain('secret');
  });
});

describe('a test', () => {
  it('shows how long each step took and what came of it', async () => {
    await add([peer.url]);
    const [probe, list, speak] = await walk('chatterbox');
    expect(probe).toMatchObject({ step: 'probe', state: 'done', ms: expect.any(Number) });
    expect(list).toMatchObject({ step: 'voices', state: 'done', note: expect.stringMatching(/^\d+ voices\.$/) });
    expect(speak).toMatchObject({
      step: 'speak',
      state: 'done',
      note: expect.stringMatching(/first sound after \d+ ms/),
    });
  });

  it('says at which step it failed and skips the others', async () => {
    await add(['http://127.0.0.1:1']);
    const steps = await walk('chatterbox');
    expect(steps.map(({ state }) => state)).toEqual(['failed', 'skipped', 'skipped']);
    expect(steps[0]?.fault).toMatchObject({ code: 'unreachable', todo: expect.any(String) });
  });

  it('fails at the sentence where the server cannot speak', async () => {
    await add([peer.url]);
    await voices();
    peer.faults.add({ kind: 'status', status: 500 });
    expect((await walk('chatterbox'))[2]).toMatchObject({ state: 'failed', fault: { code: 'provider_fault' } });
  });

  it('ends with whoever leaves', async () => {
    // Of this kind nothing is asked about what was left alone.
    const open = await createRestPeer().start();
    await add([open.url]);
    await voices();
    open.faults.add({ kind: 'stall-before' });
    const controller = new AbortController();
    const response = await studio.call('/api/connections/chatterbox/test', {
      method: 'POST',
      signal: controller.signal,
    });
    const reader = response.body?.getReader();
    let said = '';
    while (!said.includes('"speak"')) said += new TextDecoder().decode((await reader?.read())?.value);
    await expect.poll(() => open.faults.length, PATIENT).toBe(0);
    const during = open.connections;
    await reader?.cancel();
    // Kept connections stay; the one of the sentence is closed.
    await expect.poll(() => open.connections, PATIENT).toBe(during - 1);
    await open.stop();
  });
});
