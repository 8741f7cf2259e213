import { afterEach, describe, expect, it } from 'vitest';
import { createResemblePeer, type ResembleOptions } from '../../../e2e/peers/resemble.ts';
import type { SpeakingPeer } from '../../../e2e/peers/speaking-peer.ts';
import { hear, never, OnPeers } from './testing/on-peers.ts';

const KEY = 'resemble-key';
const AURORA = '10000000';
const on = new OnPeers();
afterEach(() => on.closeAll());

/** Voices are listed at one host, speech is made at another, as at Resemble. */
async function hosts(voices: ResembleOptions = {}, speech: ResembleOptions = {}) {
  const [list, synthesis] = [await on.start(createResemblePeer(voices)), await on.start(createResemblePeer(speech))];
  const provider = (key: string | null = KEY) => on.provider([list], { key, speechAddress: () => synthesis.url });
  return { list, synthesis, provider };
}

const posted = (peer: SpeakingPeer) => peer.seen.filter(({ method }) => method === 'POST').map(({ path }) => path);

describe('Chatterbox at Resemble', () => {
  it('has the voices of every page', async () => {
    const { list, provider } = await hosts({ voices: 250 });
    const resemble = provider();
    expect(await resemble.probe(never())).toMatchObject({ status: 'ready', note: expect.stringContaining('Resemble') });
    const voices = await resemble.voices(never());
    expect([voices.length, new Set(voices.map(({ id }) => id)).size]).toEqual([250, 250]);
    expect(voices[0]).toMatchObject({ name: 'Aurora', languages: ['en-US'] });
    expect(list.askedFor('/api/v2/voices').at(-1)?.query).toMatchObject({ page: '3' });
    const [model] = await resemble.models(never());
    expect(model?.capabilities).toMatchObject({ parameters: [], seed: null, speed: null, maxCharacters: 2000 });
  });

  it('speaks at the other host, with marks before the sound and an open length', async () => {
    const { list, synthesis, provider } = await hosts();
    const { code, seconds, samples } = await hear(provider(), { voice: AURORA });
    expect(code).toBeNull();
    expect(seconds).toBeGreaterThan(4);
    // A header or a mark heard as sound begins with a crack.
    expect(Math.max(...samples.slice(0, 200).map(Math.abs))).toBeLessThan(2000);
    expect([posted(list), posted(synthesis)]).toEqual([[], ['/stream']]);
    expect(synthesis.askedFor('/stream')[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(synthesis.askedFor('/stream')[0]?.json).toMatchObject({ voice_uuid: AURORA, precision: 'PCM_16' });
  });

  it('says in its own words what it refuses: the key, a voice that is gone, too many at once', async () => {
    const { synthesis, provider } = await hosts({ voices: 12 }, { voices: 1 });
    const wrong = await hear(provider('wrong'), { voice: AURORA });
    expect(wrong.fault).toMatchObject({ code: 'unauthorised', said: expect.stringContaining('API token') });
    const gone = await hear(provider(), { voice: (0x10000000 + 0x1111).toString(16) });
    expect(gone.fault).toMatchObject({ code: 'unknown_voice', said: '404: Voice not found' });
    synthesis.faults.add({ kind: 'status', status: 429, retryAfter: '0' }, 4);
    const many = await hear(provider(), { voice: AURORA });
    expect(many.fault).toMatchObject({ code: 'rate_limited', said: '429: Rate limit exceeded' });
  });

  it('is cut short where the connection breaks in the midst', async () => {
    const { provider } = await hosts();
    const text = 'This is the first sentence, which is spoken well and is not short. And then __FAIL__ comes.';
    const heard = await hear(provider(), { voice: AURORA, text });
    expect(heard.code).toBe('cut_short');
    expect(heard.samples.length).toBeGreaterThan(24_000);
  });
});
