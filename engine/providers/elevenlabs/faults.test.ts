import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ElevenLabsPeer } from '../../../e2e/peers/elevenlabs.ts';
import { PEER_MODELS } from '../../../e2e/peers/elevenlabs-models.ts';
import type { PeerFault } from '../../../e2e/peers/faults.ts';
import { FAILING, HARMLESS, PASSING, status } from './testing/fault-cases.ts';
import { type Connecting, hear, never, REQUEST, WithPeer } from './testing/with-peer.ts';

/** One peer for all: the text is spoken once, and what takes long is only what a fault makes long. */
const shared = new WithPeer();
let peer: ElevenLabsPeer;
const open = new WithPeer();

beforeAll(async () => {
  peer = await shared.peer();
  const { provider } = shared.provider(peer);
  expect((await hear(provider)).fault).toBeNull();
  await provider.close();
});
afterEach(async () => {
  await open.close();
  await expect.poll(() => peer.connections, { timeout: 20_000 }).toBe(0);
  expect(peer.faults.length).toBe(0);
  expect(peer.invalid).toEqual([]);
});
afterAll(() => shared.close());

const posts = () => peer.seen.filter(({ method }) => method === 'POST').length;
/** Requests for speech whose clients have not left. */
const running = () => {
  const model = PEER_MODELS.find(({ id }) => id === REQUEST.model);
  return model ? peer.account.running(model) : -1;
};

/** A new provider, of which nothing was asked yet but the settings of its voice. */
async function ready(limits: Connecting['limits'] = {}, firstWaitMs = 20) {
  const watched = open.provider(peer, { limits, firstWaitMs });
  await watched.provider.warm?.(REQUEST.model, REQUEST.voice);
  await expect.poll(() => running(), { timeout: 20_000 }).toBe(0);
  peer.seen.splice(0);
  peer.account.billed.splice(0);
  return watched;
}

describe.each([false, true])('with timings: %s', (timings) => {
  // The last byte of a stream with timings is the end of a line, which says nothing.
  it.each(FAILING.filter(([, { kind }]) => !timings || kind !== 'half-sample'))(
    'says what is wrong with %s, and never pays twice',
    async (_, fault, outcome) => {
      const { provider } = await ready({ firstByteMs: 1500, betweenBytesMs: 1500 });
      peer.faults.add(fault);
      const parameters = { timings };
      const heard = await hear(provider, { parameters });
      const code = timings && fault.kind === 'html' ? 'provider_fault' : outcome.code;
      expect(heard.fault).toMatchObject({ code, todo: expect.any(String) });
      expect(posts()).toBe(outcome.posts);
      expect(peer.account.billed).toHaveLength(outcome.billed);
      // It can be used at once, and nothing is left behind.
      expect(await hear(provider, { parameters })).toMatchObject({ fault: null });
      await provider.close();
      await expect.poll(() => peer.connections, { timeout: 20_000 }).toBe(0);
      expect(peer.invalid).toEqual([]);
    },
  );

  it.each(HARMLESS)('is not put off by %s', async (_, fault) => {
    const { provider } = await ready();
    const parameters = { timings };
    const plain = await hear(provider, { parameters });
    peer.faults.add(fault);
    expect(await hear(provider, { parameters })).toMatchObject({ fault: null, samples: plain.samples });
  });
});

describe('what was refused for being too many', () => {
  it.each(PASSING)('is asked for again: %s', async (_, fault) => {
    const { provider } = await ready();
    peer.faults.add(fault, 2);
    expect(await hear(provider)).toMatchObject({ fault: null });
    expect(posts()).toBe(3);
    expect(peer.account.billed).toHaveLength(1);
  });

  it('is not asked for before the time that was asked for', async () => {
    const { provider } = await ready();
    peer.faults.add(status(429, '1'));
    await hear(provider);
    const [first, second] = peer.seen.filter(({ method }) => method === 'POST');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('is given up in the end', async () => {
    const { provider } = await ready();
    peer.faults.add(status(429), 6);
    expect(await hear(provider)).toMatchObject({ fault: { code: 'rate_limited', todo: expect.any(String) } });
    expect(posts()).toBe(6);
    expect(await hear(provider)).toMatchObject({ fault: null });
  });

  it('is cancelled while it waits', async () => {
    const { provider } = await ready();
    peer.faults.add(status(429, '20'));
    const controller = new AbortController();
    const heard = hear(provider, {}, controller.signal);
    await expect.poll(() => posts(), { timeout: 20_000 }).toBe(1);
    const at = performance.now();
    controller.abort();
    expect((await heard).fault).toMatchObject({ code: 'cancelled' });
    expect(performance.now() - at).toBeLessThan(15_000);
  });
});

describe('when it is cancelled', () => {
  it.each([
    ['before the answer', { kind: 'stall-before' }],
    ['within it', { kind: 'stall-during', afterBytes: 9000 }],
  ] as [string, PeerFault][])('closes the connection %s', async (_, fault) => {
    const { provider } = await ready();
    peer.faults.add(fault);
    const controller = new AbortController();
    const heard = hear(provider, {}, controller.signal);
    await expect.poll(() => posts(), { timeout: 20_000 }).toBe(1);
    controller.abort();
    expect((await heard).fault).toMatchObject({ code: 'cancelled' });
    await expect.poll(() => running(), { timeout: 1000, interval: 10 }).toBe(0);
    expect(await hear(provider)).toMatchObject({ fault: null });
  });

  it('closes the connection of sound that nobody ever listened to', async () => {
    const { provider } = await ready();
    peer.faults.add({ kind: 'stall-during', afterBytes: 9000 }, 2);
    const controller = new AbortController();
    await provider.stream(REQUEST, controller.signal);
    expect(running()).toBe(1);
    controller.abort();
    await expect.poll(() => running(), { timeout: 1000, interval: 10 }).toBe(0);
    const left = await provider.stream(REQUEST, never());
    expect(running()).toBe(1);
    await left.chunks[Symbol.asyncIterator]().return?.();
    await expect.poll(() => running(), { timeout: 1000, interval: 10 }).toBe(0);
  });
});

describe('when it is not there', () => {
  it('asks again, as nothing was sent, and rests after several failures; it is used again when it is back', async () => {
    const { provider, healths } = await ready();
    await peer.stop();
    expect((await hear(provider)).fault).toMatchObject({ code: 'unreachable', todo: expect.any(String) });
    expect(healths.at(-1)).toMatchObject({ status: 'failed', fault: { code: 'unreachable' } });
    const resting = (await hear(provider)).fault;
    expect(resting).toMatchObject({ code: 'unreachable', message: expect.stringContaining('several times in a row') });
    await peer.start();
    expect(await provider.probe(never())).toMatchObject({ status: 'ready' });
    expect(await hear(provider)).toMatchObject({ fault: null });
    expect(healths.at(-1)).toMatchObject({ status: 'ready' });
  });

  it('speaks when it comes up while it is asked again', async () => {
    const { provider } = await ready({}, 1000);
    await peer.stop();
    const heard = hear(provider);
    await peer.start();
    expect(await heard).toMatchObject({ fault: null });
    expect(peer.account.billed).toHaveLength(1);
  });
});
