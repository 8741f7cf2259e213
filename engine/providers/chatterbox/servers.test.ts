import { afterEach, describe, expect, it } from 'vitest';
import { createDevnenPeer, type DevnenOptions } from '../../../e2e/peers/devnen.ts';
import type { SpeakingPeer } from '../../../e2e/peers/speaking-peer.ts';
import { createTravisvnPeer } from '../../../e2e/peers/travisvn.ts';
import { toFault } from '../../../shared/errors.ts';
import { type Connection, USUAL_CONNECTION_LIMITS } from '../../../shared/schemas/connection.ts';
import type { ProviderHealth } from '../../../shared/schemas/voice.ts';
import { decodeAudioFile } from '../../import/importer.ts';
import { CHATTERBOX } from './kind.ts';
import { hear, never, OnPeers, REQUEST } from './testing/on-peers.ts';

const EMILY = 'predefined/Emily.wav';
const SHORT = 'Good morning to you.';
const on = new OnPeers();
afterEach(() => on.closeAll());

const peerOf = (options: DevnenOptions = {}) => on.start(createDevnenPeer(options));
const spokenAt = (peers: readonly SpeakingPeer[]) => peers.map((peer) => peer.askedFor('/tts').length);

it('is one server, which speaks one text at a time, where its address was entered twice', async () => {
  const peer = await peerOf();
  const provider = on.provider([peer, peer]);
  expect(provider.servers?.()).toHaveLength(1);
  await Promise.all([
    hear(provider, { voice: EMILY, text: SHORT }),
    hear(provider, { voice: EMILY, text: `${SHORT} Again.` }),
  ]);
  expect(peer.engine.mostAtOnce).toBe(1);
});

it('is asked for one text at a time by several providers, too: one that was changed speaks to its end', async () => {
  const peer = await peerOf();
  const before = on.provider([peer]);
  const after = on.provider([peer]);
  const release = peer.engine.hold();
  const first = hear(before, { voice: EMILY, text: SHORT });
  await expect.poll(() => peer.engine.atOnce).toBe(1);
  const second = hear(after, { voice: EMILY, text: `${SHORT} Again.` });
  await after.probe(never());
  release();
  await Promise.all([first, second]);
  expect(peer.askedFor('/tts')).toHaveLength(2);
  expect(peer.engine.mostAtOnce).toBe(1);
});

it('is not asked while it works on what was left, by another provider either, though the first one is closed', async () => {
  const peer = await peerOf();
  const before = on.provider([peer]);
  const after = on.provider([peer]);
  const release = peer.engine.hold();
  const controller = new AbortController();
  const left = hear(before, { voice: EMILY, text: 'Good.' }, controller.signal);
  await expect.poll(() => peer.engine.atOnce).toBe(1);
  controller.abort();
  expect((await left).code).toBe('cancelled');
  await on.close(before);
  const second = hear(after, { voice: EMILY, text: SHORT });
  await after.probe(never());
  release();
  expect((await second).code).toBeNull();
  expect(peer.engine.mostAtOnce).toBe(1);
});

it('is passed over for a free address while another provider speaks with it', async () => {
  const peers = [await peerOf(), await peerOf()] as const;
  const one = on.provider([peers[0]]);
  const both = on.provider(peers);
  const release = peers[0].engine.hold();
  const first = hear(one, { voice: EMILY, text: SHORT });
  await expect.poll(() => peers[0].engine.atOnce).toBe(1);
  expect((await hear(both, { voice: EMILY, text: SHORT })).code).toBeNull();
  release();
  expect((await first).code).toBeNull();
  expect(spokenAt(peers)).toEqual([1, 1]);
});

it('is said to be gone where it died while it spoke, and is not waited for for ever', async () => {
  const peer = await peerOf();
  const provider = on.provider([peer]);
  await provider.probe(never());
  const release = peer.engine.hold();
  const first = hear(provider, { voice: EMILY, text: SHORT });
  await expect.poll(() => peer.engine.atOnce).toBe(1);
  await peer.stop();
  release();
  expect((await first).code).not.toBeNull();
  expect((await hear(provider, { voice: EMILY, text: SHORT, model: 'original' })).code).toBe('unreachable');
  await peer.start();
  expect((await hear(provider, { voice: EMILY, text: SHORT })).code).toBeNull();
});

it('is known for what it is after another kind of server took its place', async () => {
  const before = await peerOf();
  const port = Number(new URL(before.url).port);
  const provider = on.provider([before]);
  await provider.probe(never());
  expect(provider.servers?.()[0]?.title).toContain('devnen');
  await before.stop();
  const after = createTravisvnPeer();
  await after.start(port);
  try {
    expect((await provider.probe(never())).status).toBe('ready');
    expect(provider.servers?.()[0]?.title).toContain('travisvn');
  } finally {
    await after.stop();
  }
});

it('speaks again after a take was left before its first piece', async () => {
  const peer = await peerOf();
  const provider = on.provider([peer]);
  const left = await provider.stream({ ...REQUEST, voice: EMILY, text: SHORT }, never());
  await left.chunks[Symbol.asyncIterator]().return?.();
  expect((await hear(provider, { voice: EMILY, text: SHORT })).code).toBeNull();
  expect(peer.engine.mostAtOnce).toBe(1);
});

describe('the lamp of Chatterbox', () => {
  it('is red after a take that failed, and green again after one that is spoken', async () => {
    const told: ProviderHealth[] = [];
    const peer = await peerOf();
    const provider = on.provider([peer], { onHealth: (health) => told.push(health) });
    expect(provider.health().status).toBe('idle');
    await provider.probe(never());
    peer.faults.add({ kind: 'status', status: 500 });
    await hear(provider, { voice: EMILY, text: SHORT });
    expect(provider.health()).toMatchObject({ status: 'failed', note: expect.stringContaining('failed') });
    await hear(provider, { voice: EMILY, text: SHORT });
    expect(provider.health()).toMatchObject({ status: 'ready', note: expect.stringContaining('devnen') });
    expect(told.map(({ status }) => status)).toEqual(['ready', 'failed', 'ready']);
  });

  it('stays green where the text or the listener is to blame, and where the server has no time', async () => {
    const peer = await peerOf();
    const provider = on.provider([peer]);
    await provider.probe(never());
    await hear(provider, { voice: 'predefined/Nobody.wav', text: SHORT });
    peer.faults.add({ kind: 'status', status: 422 });
    await hear(provider, { voice: EMILY, text: SHORT });
    peer.faults.add({ kind: 'status', status: 429, retryAfter: '0' }, 4);
    await hear(provider, { voice: EMILY, text: SHORT });
    expect(peer.faults.length).toBe(0);
    expect(provider.health().status).toBe('ready');
  });

  it('is amber while a model loads, and stays green while a server answers nobody because it speaks', async () => {
    const loading = on.provider([await on.start(createTravisvnPeer({ state: 'initializing' }))]);
    expect(await loading.probe(never())).toMatchObject({ status: 'loading', note: expect.stringContaining('Loading') });
    const failed = on.provider([await on.start(createTravisvnPeer({ state: 'error' }))]);
    expect(await failed.probe(never())).toMatchObject({ note: expect.stringContaining('CUDA out of memory') });
    // A build that answers whole answers nothing else meanwhile.
    const peer = await peerOf({ stream: false });
    const provider = on.provider([peer]);
    await provider.probe(never());
    const release = peer.engine.hold();
    const take = hear(provider, { voice: EMILY, text: SHORT, model: 'original' });
    while (peer.engine.atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await provider.probe(never())).status).toBe('ready');
    release();
    expect((await take).code).toBeNull();
  });
});

describe('several addresses', () => {
  it('are shown with what is there, and which of them is not', async () => {
    const peers = [await peerOf(), await peerOf({ model: 'turbo' })];
    const provider = on.provider(peers);
    expect(provider.servers?.()).toMatchObject([{ state: 'unknown', title: null }, { state: 'unknown' }]);
    await peers[1]?.stop();
    const { status, note } = await provider.probe(never());
    expect(status).toBe('ready');
    expect(note).toContain('1 of 2 addresses are ready');
    expect(note).toMatch(new RegExp(`${peers[1]?.url}: .*Nothing listens`, 'u'));
    expect(provider.servers?.()).toMatchObject([
      { address: peers[0]?.url, state: 'free', title: expect.stringContaining('devnen'), note: 'The model is loaded.' },
      { address: peers[1]?.url, state: 'left out', title: null, note: expect.stringContaining('Nothing listens') },
    ]);
  });

  it('must be entered: without any there is nothing to ask', async () => {
    const provider = on.provider([]);
    expect(await provider.probe(never())).toMatchObject({
      status: 'failed',
      note: expect.stringContaining('no address'),
    });
    expect((await hear(provider, { voice: EMILY, model: 'original' })).fault).toMatchObject({
      code: 'unreachable',
      todo: expect.stringContaining('Settings'),
    });
  });

  it('are all used again after a text that makes every one of them fail', async () => {
    const peers = [await peerOf(), await peerOf()];
    const provider = on.provider(peers);
    await provider.voices(never());
    for (let i = 0; i < 3; i += 1) {
      expect((await hear(provider, { voice: EMILY, text: 'Now __FAIL__ again.' })).code).toBe('cut_short');
    }
    expect(provider.servers?.().map(({ state }) => state)).toEqual(['free', 'free']);
    // Each failing text is asked for once: whoever made it may have been paid with minutes of work.
    expect(spokenAt(peers).reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('help out where one closes the connection before it answers', async () => {
    const peers = [await peerOf(), await peerOf()];
    const provider = on.provider(peers);
    await provider.voices(never());
    peers[0]?.faults.add({ kind: 'hang-up' });
    expect((await hear(provider, { voice: EMILY, text: SHORT })).code).toBeNull();
    expect(spokenAt(peers)).toEqual([1, 1]);
  });

  it('are asked for the model that is meant, and for none that is not', async () => {
    const peers = [await peerOf({ model: 'turbo' }), await peerOf()];
    const provider = on.provider(peers);
    expect((await provider.voices(never()))[0]).toMatchObject({ model: 'turbo', models: ['turbo', 'original'] });
    for (let i = 0; i < 2; i += 1) await hear(provider, { voice: EMILY, text: SHORT, model: 'original' });
    expect(spokenAt(peers)).toEqual([0, 2]);
    expect((await hear(provider, { voice: EMILY, text: SHORT, model: 'multilingual' })).code).toBe('unknown_model');
  });

  it('are used meanwhile where a request was left at one of them', async () => {
    const peers = [await peerOf({ paceMs: 1000 }), await peerOf()];
    const provider = on.provider(peers);
    await provider.voices(never());
    const controller = new AbortController();
    const left = provider.stream({ ...REQUEST, voice: EMILY }, controller.signal).then(() => null, toFault);
    while (peers[0]?.engine.atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await left).toMatchObject({ code: 'cancelled' });
    expect(provider.servers?.()[0]?.state).toBe('busy');
    for (let i = 0; i < 2; i += 1) expect((await hear(provider, { voice: EMILY, text: SHORT })).code).toBeNull();
    expect(spokenAt(peers)).toEqual([1, 2]);
  });
});

describe('lists', () => {
  it('are asked for again where they are wanted fresh, and tell when another model is there', async () => {
    const peer = await peerOf();
    let changes = 0;
    const provider = on.provider([peer], { onVoices: () => (changes += 1) });
    for (const fresh of [false, false, true]) await provider.voices(never(), fresh);
    expect(peer.askedFor('/get_predefined_voices')).toHaveLength(2);
    await fetch(`${peer.url}/save_settings`, {
      method: 'POST',
      body: JSON.stringify({ model: { repo_id: 'chatterbox-turbo' } }),
    });
    await fetch(`${peer.url}/restart_server`, { method: 'POST' });
    expect(await provider.models(never())).toMatchObject([{ id: 'original' }]);
    expect([await provider.models(never(), true), changes]).toMatchObject([[{ id: 'turbo' }], 1]);
  });
});

describe('the kind of provider', () => {
  const parts = { onHealth: () => undefined, onVoices: () => undefined, decode: decodeAudioFile };
  const connection = (more: Partial<Connection> = {}): Connection => ({
    id: 'mine',
    kind: 'chatterbox',
    name: 'My servers',
    addresses: [],
    dialect: null,
    defaultVoice: null,
    defaultModel: null,
    limits: USUAL_CONNECTION_LIMITS,
    fallback: { all: null, voices: {} },
    ...more,
  });

  it('makes a provider as it was set up: at once no more than it may', async () => {
    const peers = [await peerOf(), await peerOf()];
    const limits = { ...USUAL_CONNECTION_LIMITS, atOnce: 1 };
    const provider = CHATTERBOX.create(connection({ addresses: peers.map(({ url }) => url), limits }), null, parts);
    try {
      const texts = ['One and two.', 'Three and four.', 'Five and six.'];
      const takes = await Promise.all(texts.map((text) => hear(provider, { voice: EMILY, text })));
      expect(takes.map(({ code }) => code)).toEqual([null, null, null]);
      expect((await provider.voices(never()))[0]?.id).toMatch(/^mine:/u);
      // Both are free when the first text comes, and the first of them when any other one does.
      expect(spokenAt(peers)).toEqual([3, 0]);
    } finally {
      await provider.close();
    }
  });

  it('finds out the dialect where it knows none of that name, and refuses a key that no header carries', () => {
    expect(CHATTERBOX.about.dialects.map(({ name }) => name)).toEqual([
      'rest',
      'devnen',
      'travisvn',
      'openai',
      'resemble',
    ]);
    expect(CHATTERBOX.create(connection({ dialect: 'of-tomorrow' }), null, parts).health().status).toBe('idle');
    expect(() => CHATTERBOX.create(connection(), 'schlüssel', parts)).toThrow(/no key has/u);
  });
});
