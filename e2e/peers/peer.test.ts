import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gate } from './gate.ts';
import { Peer, sendJson } from './peer.ts';
import { PEER_RATE, PeerSpeech } from './speech.ts';

const BYTES = Uint8Array.from({ length: 999 }, (_, i) => i % 251);

const peer = new Peer({
  name: 'test',
  routes: {
    'GET /voices/:name/aliases': ({ params, response }) => sendJson(response, 200, params),
    'POST /slow': (exchange) => peer.sendSound(exchange, { 'content-type': 'audio/wav' }, slow()),
    'POST /speak': (exchange) => peer.sendSound(exchange, { 'content-type': 'audio/wav' }, pieces()),
  },
  otherwise: ({ response }) => sendJson(response, 404, { detail: 'Not Found' }),
  refuse: ({ response }, status, headers) => sendJson(response, status, { detail: 'refused' }, headers),
});

async function* pieces() {
  for (let at = 0; at < BYTES.length; at += 100) yield BYTES.slice(at, at + 100);
}

/** What the second piece waits for. */
let goOn = gate();

async function* slow() {
  yield BYTES.slice(0, 100);
  await goOn.opened;
  yield BYTES.slice(100);
}

const speak = (signal?: AbortSignal) =>
  fetch(`${peer.url}/speak`, { method: 'POST', body: '{"a":1}', ...(signal ? { signal } : {}) });
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());

beforeAll(() => peer.start());
afterEach(() => {
  expect(peer.faults.length).toBe(0);
  peer.seen.length = 0;
});
afterAll(async () => {
  await peer.stop();
  expect(peer.connections).toBe(0);
});

describe('a peer', () => {
  it('answers, and remembers what it was asked', async () => {
    expect(await bytes(await speak())).toEqual(BYTES);
    expect(await (await fetch(`${peer.url}/voices/My%20Voice/aliases?x=1`)).json()).toEqual({ name: 'My Voice' });
    expect((await fetch(`${peer.url}/nothing`)).status).toBe(404);
    expect(peer.seen.map(({ method, path, json, query }) => ({ method, path, json, query }))).toEqual([
      { method: 'POST', path: '/speak', json: { a: 1 }, query: {} },
      { method: 'GET', path: '/voices/My%20Voice/aliases', json: undefined, query: { x: '1' } },
      { method: 'GET', path: '/nothing', json: undefined, query: {} },
    ]);
  });

  it('sends what it has while the rest is being made', async () => {
    goOn = gate();
    const reader = (await fetch(`${peer.url}/slow`, { method: 'POST' })).body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(100);
    goOn.open();
    expect((await reader?.read())?.value?.length).toBe(899);
    expect((await reader?.read())?.done).toBe(true);
  });

  it('begins to answer before it stalls', async () => {
    peer.faults.add({ kind: 'stall-during', afterBytes: 0 });
    const controller = new AbortController();
    const begun = await speak(controller.signal);
    expect(begun.status).toBe(200);
    controller.abort();
    await expect(bytes(begun)).rejects.toThrow();
  });

  it('does wrong what it is told to, that often', async () => {
    peer.faults.add({ kind: 'status', status: 429, retryAfter: '2' }, 2);
    for (let i = 0; i < 2; i += 1) {
      const refused = await speak();
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    }
    peer.faults.add({ kind: 'empty' });
    expect((await bytes(await speak())).length).toBe(0);
    peer.faults.add({ kind: 'html' });
    expect(await (await speak()).text()).toContain('502');
    peer.faults.add({ kind: 'half-sample' });
    expect(await bytes(await speak())).toEqual(BYTES.slice(0, -1));
    peer.faults.add({ kind: 'end-early', afterBytes: 250 });
    expect(await bytes(await speak())).toEqual(BYTES.slice(0, 250));
    peer.faults.add({ kind: 'drip', bytes: 37, everyMs: 0 });
    expect(await bytes(await speak())).toEqual(BYTES);
    peer.faults.add({ kind: 'content-type', value: 'text/plain' });
    expect((await speak()).headers.get('content-type')).toBe('text/plain');
    expect(await bytes(await speak())).toEqual(BYTES);
  });

  it('breaks the connection where it is told to', async () => {
    peer.faults.add({ kind: 'hang-up' });
    await expect(speak()).rejects.toThrow();
    peer.faults.add({ kind: 'cut', afterBytes: 300 });
    await expect(speak().then(bytes)).rejects.toThrow();
    for (const fault of [{ kind: 'stall-before' }, { kind: 'stall-during', afterBytes: 10 }] as const) {
      peer.faults.add(fault);
      const controller = new AbortController();
      const waiting = speak(controller.signal).then(bytes);
      const first = peer.seen.length;
      while (peer.seen.length === first) await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      await expect(waiting).rejects.toThrow();
    }
  });

  it('takes orders over HTTP', async () => {
    const order = (body: unknown) => fetch(`${peer.url}/__peer/faults`, { method: 'POST', body: JSON.stringify(body) });
    expect(await (await order({ fault: { kind: 'empty' }, times: 3 })).json()).toEqual({ waiting: 3 });
    expect((await order({ fault: { kind: 'nonsense' } })).status).toBe(400);
    await fetch(`${peer.url}/__peer/faults`, { method: 'DELETE' });
    expect(peer.seen).toEqual([]);
  });

  it('can be stopped as if killed, and started again where it was', async () => {
    const { url } = peer;
    await peer.stop();
    await expect(speak()).rejects.toThrow();
    await peer.start();
    expect(peer.url).toBe(url);
    expect(await bytes(await speak())).toEqual(BYTES);
  });
});

it('peers really speak, each voice in its own way', async () => {
  const speech = new PeerSpeech();
  try {
    const say = (pitch: number) => speech.speak('Good morning to you.', { language: 'en-us', pitch, rate: 175 });
    const [low, high] = [await say(20), await say(80)];
    expect(low.length / PEER_RATE).toBeGreaterThan(0.8);
    expect(low.length / PEER_RATE).toBeLessThan(3);
    expect(Math.max(...low)).toBeGreaterThan(3000);
    expect(high).not.toEqual(low);
  } finally {
    await speech.close();
  }
});
