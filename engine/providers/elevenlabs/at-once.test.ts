import { afterEach, describe, expect, it } from 'vitest';
import type { ElevenLabsPeer } from '../../../e2e/peers/elevenlabs.ts';
import { hear, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

const posts = (peer: ElevenLabsPeer) => peer.seen.filter(({ method }) => method === 'POST');

describe('how much at once', () => {
  const saying = (text: string) => ({ text, parameters: {} });

  it('learns from the first answer how many the plan allows, for each kind of model', async () => {
    const peer = await open.peer({ plan: 'creator' });
    const { provider } = open.provider(peer, { limits: { connections: 20 } });
    const release = peer.engine.hold();
    const begin = (model: string, count: number) =>
      Array.from({ length: count }, (_, at) => hear(provider, { ...saying(`Text ${at} of ${model}.`), model }));
    const running = begin('eleven_flash_v2_5', 14);
    // The first two tell it.
    await expect.poll(() => posts(peer).length, { timeout: 20_000 }).toBe(10);
    running.push(...begin('eleven_v3', 8));
    await expect.poll(() => posts(peer).length, { timeout: 20_000 }).toBe(15);
    release();
    expect((await Promise.all(running)).map(({ fault }) => fault)).toEqual(Array(22).fill(null));
    expect(peer.account.billed).toHaveLength(22);
    // None was refused.
    expect(posts(peer)).toHaveLength(22);
  });

  it('asks for no more than a person allows', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer, { limits: { atOnce: 1 } });
    const heard = await Promise.all([1, 2, 3].map((at) => hear(provider, saying(`Text ${at}.`))));
    expect(heard.map(({ fault }) => fault)).toEqual([null, null, null]);
    expect(peer.engine.mostAtOnce).toBe(1);
  });

  it('waits its turn where others use the account too', async () => {
    const peer = await open.peer({ plan: 'free' });
    const [one, two] = [1, 2].map(() => open.provider(peer, { firstWaitMs: 500 }).provider);
    if (!one || !two) throw new Error('There are no two.');
    const heard = await Promise.all(
      [one, two, one, two, one, two].map((provider) => hear(provider, { model: 'eleven_v3' })),
    );
    expect(heard.map(({ fault }) => fault?.code ?? null)).toEqual(Array(6).fill(null));
    expect(peer.account.billed).toHaveLength(6);
  });
});
