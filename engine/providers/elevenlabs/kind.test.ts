import { afterEach, expect, it } from 'vitest';
import { PEER_KEY } from '../../../e2e/peers/elevenlabs.ts';
import { Peer, sendJson } from '../../../e2e/peers/peer.ts';
import { toFault } from '../../../shared/errors.ts';
import { Connection, ProviderKindAbout, USUAL_CONNECTION_LIMITS } from '../../../shared/schemas/connection.ts';
import type { ProviderParts } from '../provider.ts';
import { ElevenLabsClient } from './client.ts';
import { ELEVENLABS } from './kind.ts';
import { hear, never, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

const parts: ProviderParts = {
  onHealth: () => undefined,
  onVoices: () => undefined,
  decode: () => Promise.reject(new Error('Nothing is decoded.')),
};
const connection = (addresses: string[]) =>
  Connection.parse({
    id: 'elevenlabs-2',
    kind: 'elevenlabs',
    name: 'My account',
    addresses,
    dialect: null,
    defaultVoice: null,
    defaultModel: null,
    limits: USUAL_CONNECTION_LIMITS,
    fallback: {},
  });

it('is described for Settings', () => {
  ProviderKindAbout.parse(ELEVENLABS.about);
  expect(ELEVENLABS.about).toMatchObject({ name: 'ElevenLabs', costs: true, key: { need: 'required' }, dialects: [] });
  expect(ELEVENLABS.environment.key).toEqual(['ELEVEN_LABS_API_KEY', 'ELEVENLABS_API_KEY']);
});

it('becomes a provider of its own id and name at its own address', async () => {
  const peer = await open.peer();
  const provider = ELEVENLABS.create(connection([peer.url]), PEER_KEY, parts);
  open.also(provider);
  expect(provider).toMatchObject({ id: 'elevenlabs-2', name: 'My account', kind: 'elevenlabs' });
  expect(provider.health()).toMatchObject({ id: 'elevenlabs-2', status: 'idle' });
  expect(await provider.probe(never())).toMatchObject({ status: 'ready' });
});

it('needs a key that a header can carry', () => {
  const making = (key: string | null) => {
    try {
      ELEVENLABS.create(connection([]), key, parts);
      return null;
    } catch (thrown) {
      return toFault(thrown);
    }
  };
  expect(making(null)).toMatchObject({ code: 'unauthorised', todo: expect.any(String) });
  expect(making('with\nnewline')).toMatchObject({ code: 'unauthorised' });
});

/** A server that says back the key it was sent, wherever it can. */
async function parrot(status: number) {
  const say = ({ request, response }: Parameters<ConstructorParameters<typeof Peer>[0]['otherwise']>[0]) => {
    const key = String(request.headers['xi-api-key']);
    sendJson(response, status, { detail: { message: `Your key is ${key}`, code: key } }, { 'request-id': key });
  };
  const peer = new Peer({ name: 'parrot', routes: {}, otherwise: say, refuse: say });
  await peer.start();
  open.also({ close: () => peer.stop() });
  return peer;
}

it.each([200, 400, 401, 500])('keeps the key to itself where a server says it back with %i', async (status) => {
  const { provider, healths } = open.provider(await parrot(status));
  const faults = [
    (await hear(provider)).fault,
    (await hear(provider, { parameters: { timings: true } })).fault,
    await provider.models(never()).then(() => null, toFault),
    await provider.probe(never()),
    healths,
  ];
  expect(JSON.stringify(faults)).toContain('•••');
  expect(JSON.stringify(faults)).not.toContain(PEER_KEY);
});

it('keeps the key out of what is stored with a take', async () => {
  const peer = await open.peer();
  const { stream } = await hear(open.provider(peer).provider);
  expect(JSON.stringify([stream?.request, stream?.answer?.()])).not.toContain(PEER_KEY);
});

/** A server whose list fails at first. */
async function failing(times: number, fail: 'status' | 'hang-up') {
  let left = times;
  const peer = new Peer({
    name: 'failing',
    routes: {
      'GET /v1/models': ({ response }) => {
        left -= 1;
        if (left < 0) return sendJson(response, 200, [{ model_id: 'm' }]);
        if (fail === 'hang-up') return void response.destroy();
        return sendJson(response, 503, { detail: 'Busy.' });
      },
    },
    otherwise: ({ response }) => sendJson(response, 404, {}),
    refuse: ({ response }, status) => sendJson(response, status, {}),
  });
  await peer.start();
  const client = new ElevenLabsClient({ key: PEER_KEY, base: peer.url, retrying: { firstWaitMs: 5 } });
  open.also({ close: () => peer.stop() });
  open.also(client);
  return { peer, client };
}

it.each(['status', 'hang-up'] as const)('asks for a list again that failed by %s, but not for ever', async (how) => {
  const passing = await failing(2, how);
  expect(await passing.client.models(never())).toHaveLength(1);
  expect(passing.peer.seen).toHaveLength(3);
  const lasting = await failing(100, how);
  expect(await lasting.client.models(never()).catch(toFault)).toMatchObject({
    code: how === 'status' ? 'busy' : 'unreachable',
  });
  expect(lasting.peer.seen).toHaveLength(4);
});
