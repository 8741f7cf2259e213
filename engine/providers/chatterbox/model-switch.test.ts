import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDevnenPeer, type DevnenOptions } from '../../../e2e/peers/devnen.ts';
import { createTravisvnPeer } from '../../../e2e/peers/travisvn.ts';
import { toFault } from '../../../shared/errors.ts';
import type { Provider } from '../provider.ts';
import { hear, never, OnPeers, REQUEST } from './testing/on-peers.ts';

const EMILY = 'predefined/Emily.wav';
const on = new OnPeers();
afterEach(() => on.closeAll());

const peerOf = (options: DevnenOptions = {}) => on.start(createDevnenPeer(options));
const switchTo = async (provider: Provider, model: string, signal = never()) =>
  await provider.switchModel?.(model, signal).then(() => null, toFault);

describe('switching the model of devnen’s server', () => {
  it('offers what it has, loads it, and speaks with it', async () => {
    const peer = await peerOf();
    const onVoices = vi.fn();
    const provider = on.provider([peer], { onVoices });
    expect(provider.modelSwitch?.()).toBeNull();
    await provider.probe(never());
    expect(provider.modelSwitch?.()).toMatchObject({
      current: 'original',
      choices: [{ id: 'original' }, { id: 'turbo', name: 'Chatterbox Turbo' }, { id: 'multilingual' }],
    });
    await provider.voices(never());
    expect(await switchTo(provider, 'turbo')).toBeNull();
    expect(onVoices).toHaveBeenCalled();
    expect(provider.modelSwitch?.()?.current).toBe('turbo');
    expect(provider.health().status).toBe('ready');
    expect(await provider.models(never())).toMatchObject([
      { id: 'turbo', capabilities: { tags: { family: 'chatterbox' } } },
    ]);
    expect((await hear(provider, { voice: EMILY, text: 'Well [laugh] now.' })).code).toBeNull();
    expect(peer.askedFor('/tts').at(-1)?.json).toMatchObject({ text: 'Well [laugh] now.' });
    // What was asked of the model that is gone is not spoken by another one.
    expect((await hear(provider, { voice: EMILY, model: 'original' })).code).toBe('unknown_model');
    expect(await switchTo(provider, 'nano')).toMatchObject({ code: 'unknown_model', param: 'model' });
  });

  it('waits until nobody speaks there, and lets nobody speak meanwhile', async () => {
    const peer = await peerOf({ paceMs: 300 });
    const provider = on.provider([peer]);
    await provider.voices(never());
    const stream = await provider.stream({ ...REQUEST, voice: EMILY }, never());
    const switching = switchTo(provider, 'multilingual');
    let samples = 0;
    for await (const chunk of stream.chunks) samples += chunk.length;
    expect(samples / stream.sampleRate).toBeGreaterThan(4);
    expect(peer.askedFor('/save_settings')).toEqual([]);
    const meanwhile = hear(provider, { voice: EMILY, model: 'original' });
    expect(await switching).toBeNull();
    // It asked for the model that was loaded when it began to wait.
    expect((await meanwhile).code).toBe('unknown_model');
    expect(peer.askedFor('/tts')).toHaveLength(1);
  });

  it('waits for a model that takes long, and can be left', async () => {
    const peer = await peerOf({ loadMs: 1500 });
    const onHealth = vi.fn();
    const provider = on.provider([peer], { onHealth });
    await provider.probe(never());
    const controller = new AbortController();
    const switching = switchTo(provider, 'turbo', controller.signal);
    while (peer.askedFor('/restart_server').length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(provider.health().status).toBe('loading');
    controller.abort();
    expect(await switching).toMatchObject({ code: 'cancelled' });
    expect(await switchTo(provider, 'turbo')).toBeNull();
    expect((await hear(provider, { voice: EMILY })).code).toBeNull();
  });

  it('switches all that share the load, and names the one it could not', async () => {
    const peers = [await peerOf(), await peerOf()];
    const provider = on.provider(peers);
    await provider.probe(never());
    expect(await switchTo(provider, 'turbo')).toBeNull();
    for (const peer of peers)
      expect(await (await fetch(`${peer.url}/api/model-info`)).json()).toMatchObject({ type: 'turbo' });
  });

  it('is not offered where the server cannot', async () => {
    const provider = on.provider([await on.start(createTravisvnPeer())]);
    await provider.probe(never());
    expect(provider.modelSwitch?.()).toBeNull();
    expect(await switchTo(provider, 'turbo')).toMatchObject({ code: 'unknown_model' });
  });
});
