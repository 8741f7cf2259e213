import { afterEach, describe, expect, it } from 'vitest';
import type { SpeakingPeer } from '../../../e2e/peers/speaking-peer.ts';
import { createTravisvnPeer, type TravisvnOptions } from '../../../e2e/peers/travisvn.ts';
import { wavFile } from '../../../shared/sound/pcm.ts';
import { hear, never, OnPeers, REQUEST } from './testing/on-peers.ts';

const on = new OnPeers();
afterEach(() => on.closeAll());

/** A server with one voice, brought by a person. */
async function peerOf(options: TravisvnOptions = {}): Promise<SpeakingPeer> {
  const peer = await on.start(createTravisvnPeer(options));
  const recording = wavFile(new Int16Array(24_000).fill(100), 24_000);
  const form = new FormData();
  form.set('voice_name', 'emily');
  form.set('language', 'fr');
  form.set('voice_file', new File([recording], 'Emily.wav'));
  expect((await fetch(`${peer.url}/voices`, { method: 'POST', body: form })).status).toBe(201);
  const alias = new FormData();
  alias.set('alias', 'nova');
  expect((await fetch(`${peer.url}/voices/emily/aliases`, { method: 'POST', body: alias })).status).toBe(201);
  return peer;
}

const lastSent = (peer: SpeakingPeer) => peer.askedFor('/v1/audio/speech').at(-1)?.json;

describe('Chatterbox in travisvn’s dialect', () => {
  it('is found out, with its library of voices', async () => {
    const provider = on.provider([await peerOf()]);
    expect(await provider.probe(never())).toMatchObject({ status: 'ready', note: expect.stringContaining('travisvn') });
    expect(await provider.voices(never())).toMatchObject([
      { id: 'chatterbox:emily', languages: ['fr'], description: expect.stringContaining('nova') },
    ]);
    const [model] = await provider.models(never());
    expect(model?.capabilities).toMatchObject({ seed: null, speed: null, maxCharacters: 3000 });
  });

  it('speaks by events, as its voice or by another name of it', async () => {
    const peer = await peerOf();
    const provider = on.provider([peer]);
    const { seconds, code, seed } = await hear(provider, { voice: 'emily', parameters: { exaggeration: 0.7 } });
    expect([code, seed]).toEqual([null, null]);
    expect(seconds).toBeGreaterThan(4);
    expect(lastSent(peer)).toMatchObject({
      voice: 'emily',
      stream_format: 'sse',
      exaggeration: 0.7,
      cfg_weight: 0.5,
      temperature: 0.8,
    });
    expect((await hear(provider, { voice: 'nova' })).code).toBeNull();
  });

  it('never speaks in the voice the server takes where it does not know the one asked for', async () => {
    const peer = await peerOf();
    const provider = on.provider([peer]);
    await provider.voices(never());
    expect((await hear(provider, { voice: 'nobody' })).code).toBe('unknown_voice');
    // One that was there when the list was read, and is gone since.
    await fetch(`${peer.url}/voices/emily`, { method: 'DELETE' });
    expect((await hear(provider, { voice: 'emily' })).code).toBe('unknown_voice');
    expect(peer.askedFor('/v1/audio/speech')).toEqual([]);
  });

  it('keeps the place of a request that was left until the server says that it is idle', async () => {
    const peer = await peerOf({ paceMs: 400 });
    const provider = on.provider([peer]);
    const controller = new AbortController();
    // Longer than a piece that is spoken at once.
    const text = `${REQUEST.text} ${REQUEST.text} ${REQUEST.text}`;
    const request = { ...REQUEST, text, voice: 'emily', model: 'multilingual' };
    const stream = await provider.stream(request, controller.signal);
    for await (const _ of stream.chunks) break;
    controller.abort();
    const next = hear(provider, { voice: 'emily' });
    // It tells how far it is with what nobody hears any more.
    while (!/At piece \d of \d/u.test(provider.servers?.()[0]?.note ?? ''))
      await new Promise((resolve) => setImmediate(resolve));
    expect((await next).code).toBeNull();
    const [first, second] = peer.askedFor('/v1/audio/speech');
    const idle = peer.askedFor('/v1/status').at(-1);
    expect(first && second && idle && idle.at >= first.at && second.at >= idle.at).toBe(true);
  });

  it('says that the engine failed in the midst, with what had come', async () => {
    const provider = on.provider([await peerOf()]);
    const text =
      'This sentence is long enough to be a piece of its own, and it is spoken. And then __FAIL__ comes in the second one.';
    const { code, samples } = await hear(provider, { voice: 'emily', text: `${text} ${text}` });
    expect(code).toBe('cut_short');
    expect(samples.length).toBeGreaterThanOrEqual(0);
  });
});
