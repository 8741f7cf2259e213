import { afterEach, describe, expect, it } from 'vitest';
import { PEER_KEY } from '../../../e2e/peers/elevenlabs.ts';
import type { PastGeneration } from '../../../e2e/peers/elevenlabs-history.ts';
import { type Handler, Peer, sendJson } from '../../../e2e/peers/peer.ts';
import { toFault } from '../../../shared/errors.ts';
import type { Provider } from '../provider.ts';
import { status } from './testing/fault-cases.ts';
import { hear, never, RACHEL, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

const PAST: PastGeneration = { voice: RACHEL, text: 'This was said a long time ago, and it is heard again.' };

/** A provider before a peer that has said something. */
async function havingSaid(more: Partial<PastGeneration> = {}, options: Parameters<WithPeer['peer']>[0] = {}) {
  const peer = await open.peer({ past: [{ ...PAST, ...more }], ...options });
  return { peer, id: peer.history.ids[0] ?? '', ...open.provider(peer) };
}

/** Listens to a past speech to its end. */
async function heard(provider: Provider, id: string, signal = never()) {
  const samples: number[] = [];
  const stream = await provider.pastSound?.(id, signal);
  for await (const chunk of stream?.chunks ?? []) for (const sample of chunk) samples.push(sample);
  return { samples, rate: stream?.sampleRate ?? 0, seconds: samples.length / (stream?.sampleRate ?? 1), stream };
}
const faultOf = (asked: Promise<unknown>) => asked.then(() => null, toFault);

describe('the sound of past speech', () => {
  it('is heard again, for nothing', async () => {
    const { provider, peer, id } = await havingSaid();
    const { seconds, samples, rate, stream } = await heard(provider, id);
    expect(rate).toBe(44_100);
    expect(seconds).toBeGreaterThan(2);
    expect(samples.some((sample) => sample > 3000)).toBe(true);
    expect(stream?.totalSamples).toBe(samples.length);
    expect(stream?.cost()).toEqual({ estimated: 0, billed: 0, currency: '' });
    expect(peer.account.billed).toEqual([]);
    expect(JSON.stringify(stream)).not.toContain(PEER_KEY);
  });

  it('is the very one that was spoken', async () => {
    const peer = await open.peer({ originalSounds: true });
    const { provider } = open.provider(peer);
    const spoken = await hear(provider);
    const [past] = (await provider.pastSpeech?.(RACHEL, 1, never())) ?? [];
    const { samples, rate } = await heard(provider, past?.id ?? '');
    expect(rate).toBe(24_000);
    expect(samples).toEqual([...spoken.samples]);
  });

  it('is read where it is raw samples, of which only the item tells the rate', async () => {
    const { provider, peer, id } = await havingSaid({ format: 'pcm_16000' }, { originalSounds: true });
    const { rate, seconds } = await heard(provider, id);
    expect(rate).toBe(16_000);
    expect(seconds).toBeGreaterThan(2);
    expect(peer.askedFor(`/v1/history/${id}`)).toHaveLength(1);
  });

  it('is not there any more where it was deleted', async () => {
    for (const refusals of ['current', 'older', 'words'] as const) {
      const { provider, peer, id } = await havingSaid({}, { refusals });
      peer.history.delete(id);
      expect(await faultOf(heard(provider, id))).toMatchObject({
        code: 'not_found',
        message: 'ElevenLabs does not have this past speech (any more).',
        todo: expect.any(String),
      });
      expect(peer.askedFor(`/v1/history/${id}/audio`)).toHaveLength(1);
    }
  });

  it.each([
    ['an error that passes', status(503)],
    ['too many requests', status(429, '0')],
    ['a connection that is closed', { kind: 'hang-up' }],
    ['a sound that is cut', { kind: 'cut', afterBytes: 4000 }],
    ['no sound', { kind: 'empty' }],
  ] as const)('is asked for again after %s, as it costs nothing', async (_, fault) => {
    const { provider, peer, id } = await havingSaid();
    peer.faults.add(fault);
    expect((await heard(provider, id)).seconds).toBeGreaterThan(2);
    expect(peer.askedFor(`/v1/history/${id}/audio`)).toHaveLength(2);
  });

  it('is no page of a proxy', async () => {
    const { provider, peer, id } = await havingSaid();
    peer.faults.add({ kind: 'html' });
    expect(await faultOf(heard(provider, id))).toMatchObject({ code: 'bad_audio' });
    expect(peer.askedFor(`/v1/history/${id}/audio`)).toHaveLength(1);
  });

  it('is cancelled, and leaves no connection', async () => {
    const { provider, peer, id } = await havingSaid({ format: 'pcm_24000' }, { originalSounds: true });
    peer.faults.add({ kind: 'stall-before' });
    const controller = new AbortController();
    const asked = faultOf(heard(provider, id, controller.signal));
    await expect.poll(() => peer.askedFor(`/v1/history/${id}/audio`).length, { timeout: 20_000 }).toBe(1);
    controller.abort();
    expect(await asked).toMatchObject({ code: 'cancelled' });
    // Whoever leaves in the midst of it, or never begins to listen.
    peer.faults.add({ kind: 'stall-during', afterBytes: 9000 }, 2);
    const begun = await provider.pastSound?.(id, never());
    for await (const _ of begun?.chunks ?? []) break;
    const unheard = await provider.pastSound?.(id, never());
    await unheard?.chunks[Symbol.asyncIterator]().return?.();
    await provider.close();
    await expect.poll(() => peer.connections, { timeout: 20_000 }).toBe(0);
  });
});

describe('a past sound by its type', () => {
  const ID = 'a b/c';
  async function answering(type: string, body: Buffer) {
    const audio: Handler = ({ response }) => void response.writeHead(200, { 'content-type': type }).end(body);
    const peer = new Peer({
      name: 'sounds',
      routes: { 'GET /v1/history/:id/audio': audio },
      otherwise: ({ response }) => sendJson(response, 404, {}),
      refuse: ({ response }, code) => sendJson(response, code, {}),
    });
    await peer.start();
    open.also({ close: () => peer.stop() });
    return open.provider(peer).provider;
  }
  const samples = Buffer.alloc(4800, 1);

  it('is raw at the rate that it names', async () => {
    const provider = await answering('audio/pcm;rate=22050;channels=1', samples);
    expect(await heard(provider, ID)).toMatchObject({ rate: 22_050, samples: Array(2400).fill(257) });
  });

  it.each(['audio/basic', 'audio/x-mulaw;rate=8000', 'audio/PCMU', 'audio/alaw'])('is not read as %s', async (type) => {
    const provider = await answering(type, samples);
    expect(await faultOf(heard(provider, ID))).toMatchObject({ code: 'unsupported', kept: expect.any(String) });
  });

  it('is not guessed', async () => {
    const provider = await answering('audio/mpeg', samples);
    expect(await faultOf(heard(provider, ID))).toMatchObject({ code: 'bad_audio' });
  });
});
