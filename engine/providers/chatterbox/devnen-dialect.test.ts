import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDevnenPeer, type DevnenOptions } from '../../../e2e/peers/devnen.ts';
import type { SpeakingPeer } from '../../../e2e/peers/speaking-peer.ts';
import { toFault } from '../../../shared/errors.ts';
import type { Provider, SpeechRequest } from '../provider.ts';
import { hear, never, OnPeers, REQUEST } from './testing/on-peers.ts';

const EMILY = 'predefined/Emily.wav';

const on = new OnPeers();
afterEach(() => on.closeAll());

const peerOf = (options: DevnenOptions = {}) => on.start(createDevnenPeer(options));
const heard = (provider: Provider, more: Partial<SpeechRequest> = {}) => hear(provider, { voice: EMILY, ...more });

const lastSent = (peer: SpeakingPeer) => peer.askedFor('/tts').at(-1)?.json as Record<string, unknown>;

describe('Chatterbox in devnen’s dialect', () => {
  it('is found out, with its voices of both kinds', async () => {
    const provider = on.provider([await peerOf({ model: 'multilingual' })]);
    expect(await provider.probe(never())).toMatchObject({ status: 'ready', note: expect.stringContaining('devnen') });
    const voices = await provider.voices(never());
    const ids = voices.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['chatterbox:predefined/Emily.wav', 'chatterbox:reference/Gianna.wav']));
    expect(voices[0]?.languages).toContain('de');
  });

  it('says everything it means, as a server’s own defaults need not be neutral', async () => {
    const peer = await peerOf();
    const { seconds, seed, code } = await heard(on.provider([peer]));
    expect([code, seed]).toEqual([null, 42]);
    expect(seconds).toBeGreaterThan(4);
    expect(lastSent(peer)).toMatchObject({
      voice_mode: 'predefined',
      predefined_voice_id: 'Emily.wav',
      exaggeration: 0.5,
      cfg_weight: 0.5,
      temperature: 0.8,
      speed_factor: 1,
      seed: 42,
      stream: true,
    });
  });

  it('takes a seed of its own where none is asked for, and says which: the same again is the same sound', async () => {
    const provider = on.provider([await peerOf()]);
    const first = await heard(provider, { seed: null });
    expect(first.seed).toBeGreaterThan(0);
    const second = await heard(provider, { seed: first.seed });
    expect(second.samples).toEqual(first.samples);
    // The server takes 0 for a random one that nobody is told, and fails with less.
    for (const seed of [0, -1]) expect((await heard(provider, { seed })).seed).toBeGreaterThan(0);
  });

  it('is known to be idle by its answer where the build answers whole, and is not waited for by the clock', async () => {
    const peer = await peerOf({ stream: false });
    const provider = on.provider([peer]);
    await heard(provider, { text: 'Good morning to you.' });
    const release = peer.engine.hold();
    const controller = new AbortController();
    // By its length this would be waited for for longer than a test may take.
    const long = { ...REQUEST, text: 'Good morning to you all, and to everybody else. '.repeat(20), voice: EMILY };
    const left = provider.stream(long, controller.signal).then(() => null, toFault);
    while (peer.engine.atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await left).toMatchObject({ code: 'cancelled' });
    const next = heard(provider, { text: 'Good morning to you.' });
    expect(provider.servers?.()[0]?.state).toBe('busy');
    release();
    expect((await next).code).toBeNull();
    expect(peer.engine.mostAtOnce).toBe(1);
  });

  it('speaks with recordings, in the emotion asked for, within what the server takes', async () => {
    const peer = await peerOf();
    const provider = on.provider([peer]);
    await heard(provider, { voice: 'reference/Gianna.wav', emotion: { name: 'excited', intensity: 1 } });
    expect(lastSent(peer)).toMatchObject({
      voice_mode: 'clone',
      reference_audio_filename: 'Gianna.wav',
      exaggeration: 0.9,
      cfg_weight: 0.3,
      temperature: 1,
    });
    await heard(provider, { parameters: { exaggeration: 9, temperature: -3 } });
    expect(lastSent(peer)).toMatchObject({ exaggeration: 2, temperature: 0.05 });
  });

  it('sends a Turbo model what it honours, and tags', async () => {
    const peer = await peerOf({ model: 'turbo' });
    const provider = on.provider([peer]);
    const [model] = await provider.models(never());
    expect(model?.capabilities.parameters.map(({ name }) => name)).toEqual(['temperature']);
    const emotion = { name: 'angry', intensity: 1 } as const;
    await heard(provider, { text: 'Well [laughs] now.', emotion });
    expect(lastSent(peer)).toMatchObject({ text: '[angry] Well [laugh] now.' });
    expect(lastSent(peer)).not.toHaveProperty('exaggeration');
  });

  it('takes tags out for a model that would read them aloud', async () => {
    const peer = await peerOf();
    await heard(on.provider([peer]), { text: 'Well [laugh] now, let us see how that sounds.' });
    expect(lastSent(peer)).toMatchObject({ text: 'Well now, let us see how that sounds.' });
  });

  it('knows a voice that is not there', async () => {
    const provider = on.provider([await peerOf()]);
    expect((await heard(provider, { voice: 'predefined/Nobody.wav' })).code).toBe('unknown_voice');
  });

  it('hears all of a build that answers whole', async () => {
    const provider = on.provider([await peerOf({ stream: false })]);
    expect(await heard(provider)).toMatchObject({ code: null });
  });

  it('waits for a server that is busy, and asks it again', async () => {
    const peer = await peerOf();
    peer.faults.add({ kind: 'status', status: 503, retryAfter: '0' }, 2);
    expect((await heard(on.provider([peer]))).code).toBeNull();
    expect(peer.askedFor('/tts')).toHaveLength(3);
  });

  it('waits its turn at a server that speaks for somebody else and answers nothing meanwhile', async () => {
    const peer = await peerOf({ stream: false });
    const provider = on.provider([peer]);
    await provider.voices(never());
    const release = peer.engine.hold();
    const body = JSON.stringify({ text: 'Somebody else’s.', predefined_voice_id: 'Emily.wav' });
    const other = fetch(`${peer.url}/tts`, { method: 'POST', body });
    while (peer.engine.atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    // All that was known of it is old by now.
    const now = performance.now.bind(performance);
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 600_000);
    try {
      const take = heard(provider, { text: 'Good morning to you.', model: 'original' });
      await vi.waitFor(() => expect(peer.askedFor('/tts')).toHaveLength(2), { timeout: 60_000 });
      release();
      expect((await take).code).toBeNull();
      expect((await other).status).toBe(200);
    } finally {
      clock.mockRestore();
    }
  });

  it('never has two requests at one server, and shares them out over several', async () => {
    const peers = [await peerOf({ paceMs: 20 }), await peerOf({ paceMs: 20 })];
    const provider = on.provider(peers);
    const takes = await Promise.all(Array.from({ length: 6 }, (_, seed) => heard(provider, { seed: seed + 1 })));
    expect(takes.map(({ code }) => code)).toEqual(new Array(6).fill(null));
    const shares = peers.map((peer) => peer.askedFor('/tts').length);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[1]).toBeGreaterThan(0);
    expect((shares[0] ?? 0) + (shares[1] ?? 0)).toBe(6);
  });

  it('ends a take that is cancelled at once, and leaves nothing open', async () => {
    const peer = await peerOf({ paceMs: 200 });
    const provider = on.provider([peer]);
    const controller = new AbortController();
    const stream = await provider.stream({ ...REQUEST, voice: EMILY }, controller.signal);
    const reading = (async () => {
      for await (const _ of stream.chunks) controller.abort();
    })();
    expect(await reading.then(() => null, toFault)).toMatchObject({ code: 'cancelled' });
    await on.close(provider);
    while (peer.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});
