import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ElevenLabsPeer } from '../../../e2e/peers/elevenlabs.ts';
import { toFault } from '../../../shared/errors.ts';
import { CLONE, hear, LENA, never, RACHEL, REQUEST, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

const asked = (peer: ElevenLabsPeer, path: string) => peer.askedFor(path).length;

describe('credits', () => {
  it('tells what is left, and takes off what is billed without asking again', async () => {
    const peer = await open.peer({ credits: 1000 });
    const { provider, healths } = open.provider(peer);
    expect(await provider.probe(never())).toMatchObject({
      status: 'ready',
      note: 'The key works. Plan: creator.',
      latencyMs: expect.any(Number),
      credits: { left: 1000, limit: 121_000, resetsAt: 1_764_547_200_000 },
    });
    await hear(provider);
    await hear(provider);
    expect(provider.health().credits).toMatchObject({ left: 972 });
    expect(healths.map(({ credits }) => credits?.left)).toContain(986);
    expect(asked(peer, '/v1/user/subscription')).toBe(1);
  });

  it('asks for what is left again after a take, at most once a minute', async () => {
    const peer = await open.peer({ credits: 1000 });
    const { provider } = open.provider(peer);
    await provider.probe(never());
    // Somebody else has spoken with the account too.
    peer.account.used += 500;
    await hear(provider);
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + 61_000 });
    try {
      await hear(provider);
      await expect.poll(() => provider.health().credits?.left, { timeout: 20_000 }).toBe(472);
      await hear(provider);
      expect(asked(peer, '/v1/user/subscription')).toBe(2);
      expect(provider.health().credits?.left).toBe(458);
    } finally {
      vi.useRealTimers();
    }
  });

  it('estimates by what is known, and by what this account was billed last', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    expect(provider.estimate('eleven_v3', 1000)).toEqual({ amount: 400, currency: 'credits' });
    expect(provider.estimate('eleven_flash_v2_5', 1000)).toEqual({ amount: 200, currency: 'credits' });
    expect(provider.estimate('eleven_v9', 1000)).toBeNull();
    await provider.voices(never());
    expect(provider.estimate('eleven_flash_v2_5', 1000, LENA)).toEqual({ amount: 400, currency: 'credits' });
    const { stream } = await hear(provider, { voice: LENA });
    expect(stream?.cost()).toEqual({ estimated: 27, billed: 27, currency: 'credits' });
  });

  it('says when they are used up, and is well all the same', async () => {
    const peer = await open.peer({ credits: 5 });
    const { provider } = open.provider(peer);
    await provider.probe(never());
    expect((await hear(provider)).fault).toMatchObject({ code: 'no_credit', todo: expect.any(String) });
    expect(provider.health()).toMatchObject({ status: 'ready', credits: { left: 5 } });
  });

  it('fails where the key is none, and says what to do', async () => {
    const peer = await open.peer();
    const { provider, healths } = open.provider(peer, { key: 'sk_wrong' });
    expect(await provider.probe(never())).toMatchObject({ status: 'failed', fault: { code: 'unauthorised' } });
    expect(healths.at(-1)).toMatchObject({ status: 'failed' });
    expect(JSON.stringify([healths, await provider.voices(never()).catch(toFault)])).not.toContain('sk_wrong');
  });
});

describe('previews', () => {
  it('plays the recording of a voice without the key, and for nothing', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    const stream = await provider.preview?.(RACHEL, never());
    const chunks: Int16Array[] = [];
    for await (const chunk of stream?.chunks ?? []) chunks.push(chunk);
    expect(chunks.reduce((sum, { length }) => sum + length, 0) / (stream?.sampleRate ?? 1)).toBeGreaterThan(0.5);
    expect(peer.askedFor(`/previews/${RACHEL}.mp3`)[0]?.headers).not.toHaveProperty('xi-api-key');
    expect(peer.account.billed).toEqual([]);
    expect(await provider.preview?.(CLONE, never())).toBeNull();
    expect(await provider.preview?.(REQUEST.text, never())).toBeNull();
  });

  it('is cancelled', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    await provider.voices(never());
    peer.faults.add({ kind: 'stall-before' });
    const controller = new AbortController();
    const preview = provider.preview?.(RACHEL, controller.signal).catch(toFault);
    await expect.poll(() => asked(peer, `/previews/${RACHEL}.mp3`), { timeout: 20_000 }).toBe(1);
    controller.abort();
    expect(await preview).toMatchObject({ code: 'cancelled' });
  });
});
