import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDevnenPeer, type DevnenOptions } from '../../../e2e/peers/devnen.ts';
import { createOpenAiPeer } from '../../../e2e/peers/openai.ts';
import { createResemblePeer } from '../../../e2e/peers/resemble.ts';
import { createRestPeer } from '../../../e2e/peers/rest.ts';
import { createTravisvnPeer, type TravisvnOptions } from '../../../e2e/peers/travisvn.ts';
import { type Fault, toFault } from '../../../shared/errors.ts';
import { wavFile } from '../../../shared/sound/pcm.ts';
import type { Provider, Recording } from '../provider.ts';
import { hear, never, OnPeers } from './testing/on-peers.ts';

const RATE = 8000;
const on = new OnPeers();
afterEach(() => on.closeAll());

const devnen = (options: DevnenOptions = {}) => on.start(createDevnenPeer(options));
const travisvn = (options: TravisvnOptions = {}) => on.start(createTravisvnPeer(options));

/** @param level another one is another recording */
function recording(seconds: number, level = 100, more: Partial<Recording> = {}): Recording {
  const bytes = wavFile(new Int16Array(seconds * RATE).fill(level), RATE);
  return { name: 'Frau Müller (1)', bytes, type: 'wav', seconds, language: null, ...more };
}

/** Makes a voice, and tells its id or why not. */
async function clone(provider: Provider, recorded: Recording): Promise<{ voice: string | null; fault: Fault | null }> {
  const making = provider.clone?.(recorded, never());
  if (!making) throw new Error('The provider takes no recordings.');
  return await making.then(
    (voice) => ({ voice, fault: null }),
    (thrown: unknown) => ({ voice: null, fault: toFault(thrown) }),
  );
}

describe('a recording for devnen’s server', () => {
  it('becomes a voice under a name of its own, which speaks', async () => {
    const peer = await devnen();
    const onVoices = vi.fn();
    const provider = on.provider([peer], { onVoices });
    await provider.probe(never());
    expect(provider.cloning?.()).toMatchObject({ types: ['wav', 'mp3'], leastSeconds: null, mostSeconds: 30 });
    const first = await clone(provider, recording(8));
    expect(first.voice).toMatch(/^reference\/Frau_Muller_1-[0-9a-f]{8}\.wav$/u);
    // Another recording of the same name, which the server would pass over in silence.
    const second = await clone(provider, recording(8, 200));
    expect(second.voice).not.toBe(first.voice);
    // The same one again is the same voice.
    expect(await clone(provider, recording(8))).toEqual(first);
    expect(onVoices).toHaveBeenCalled();
    const ids = (await provider.voices(never())).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([`chatterbox:${first.voice}`, `chatterbox:${second.voice}`]));
    expect((await hear(provider, { voice: first.voice ?? '' })).code).toBeNull();
    expect(peer.engine.spoken.at(-1)?.voice).toBe(first.voice?.replace('reference/', ''));
  });

  it.each<[string, Recording, Partial<Fault>]>([
    [
      'too long',
      recording(31),
      { code: 'too_large', message: expect.stringMatching(/31\.0 s.*30 s/u), param: 'seconds' },
    ],
    [
      'of another type',
      recording(8, 1, { type: 'flac' }),
      { code: 'unsupported', message: expect.stringMatching(/\.flac.*\.wav, \.mp3/u) },
    ],
  ])('is refused before a byte is sent where it is %s', async (_, recorded, told) => {
    const peer = await devnen();
    const { fault } = await clone(on.provider([peer]), recorded);
    expect(fault).toMatchObject({ ...told, kept: expect.stringContaining('nothing was sent') });
    expect(peer.askedFor('/upload_reference')).toEqual([]);
  });

  it('must be longer than five seconds for Turbo, which fails with a shorter one', async () => {
    const peer = await devnen({ model: 'turbo' });
    const provider = on.provider([peer]);
    await provider.probe(never());
    expect(provider.cloning?.()).toMatchObject({ leastSeconds: 5 });
    expect((await clone(provider, recording(5))).fault).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('5 s'),
    });
    const { voice } = await clone(provider, recording(5.5));
    expect((await hear(provider, { voice: voice ?? '' })).code).toBeNull();
  });

  it('that the server cannot read is told in its own words', async () => {
    const provider = on.provider([await devnen()]);
    const { fault } = await clone(provider, recording(8, 1, { bytes: new TextEncoder().encode('no sound at all') }));
    expect(fault).toMatchObject({ code: 'bad_request', said: expect.stringContaining('Could not read') });
  });
});

describe('a recording for travisvn’s server', () => {
  it('becomes a voice in its language, under another name where there is one of that name', async () => {
    const peer = await travisvn();
    const provider = on.provider([peer]);
    await provider.probe(never());
    expect(provider.cloning?.()).toMatchObject({
      types: expect.arrayContaining(['m4a', 'ogg']),
      mostBytes: 10 * 1024 * 1024,
      languages: expect.arrayContaining(['de', 'fr']),
    });
    expect((await clone(provider, recording(3, 1, { language: 'de-AT' }))).voice).toBe('Frau_Muller_1');
    const second = await clone(provider, recording(3, 2));
    expect(second.voice).toMatch(/^Frau_Muller_1-[0-9a-f]{8}$/u);
    // What has its own name already is the same recording.
    expect(await clone(provider, recording(3, 2))).toEqual(second);
    expect(await provider.voices(never())).toMatchObject([{ languages: ['en'] }, { languages: ['de'] }]);
    expect((await hear(provider, { voice: second.voice ?? '' })).code).toBeNull();
    expect(peer.engine.spoken.at(-1)?.voice).toBe(second.voice);
  });

  it('is refused before a byte is sent where it is too large, or in a language there is not', async () => {
    const peer = await travisvn();
    const provider = on.provider([peer]);
    const large = recording(3, 1, { bytes: new Uint8Array(10 * 1024 * 1024 + 1) });
    expect((await clone(provider, large)).fault).toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('10 MB'),
    });
    const chinese = await clone(provider, recording(3, 1, { language: 'zh' }));
    expect(chinese.fault).toMatchObject({ code: 'invalid', param: 'language', message: expect.stringContaining('de') });
    expect(peer.seen.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('a recording for several servers', () => {
  it('goes to all of them under one name, by which each speaks', async () => {
    const peers = [await travisvn(), await travisvn()];
    const provider = on.provider(peers);
    const { voice } = await clone(provider, recording(3));
    expect(voice).toMatch(/-[0-9a-f]{8}$/u);
    const takes = await Promise.all([1, 2].map(() => hear(provider, { voice: voice ?? '' })));
    expect(takes.map(({ code }) => code)).toEqual([null, null]);
    for (const peer of peers) expect(peer.engine.spoken[0]?.voice).toBe(voice);
  });

  it('is told to lack where one of them is not there, and made good by bringing it again', async () => {
    const [one, other] = [await travisvn(), await travisvn()];
    await other.stop();
    const provider = on.provider([one, other]);
    const { fault } = await clone(provider, recording(3));
    expect(fault).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(other.url),
      kept: expect.stringContaining(one.url),
    });
    await other.start();
    expect((await clone(provider, recording(3))).fault).toBeNull();
    for (const peer of [one, other]) {
      expect(await (await fetch(`${peer.url}/voices`)).json()).toMatchObject({ count: 1 });
    }
  });
});

it.each([
  ['REST', () => createRestPeer(), null, 'own folder'],
  ['OpenAI', () => createOpenAiPeer(), null, 'own folder'],
  ['Resemble', () => createResemblePeer({ apiKey: 'resemble-key' }), 'resemble-key', 'service’s own page'],
])('is not taken by servers that take none, which are named (%s)', async (kind, create, key, todo) => {
  const peer = await on.start(create());
  const provider = on.provider([peer], { key });
  await provider.probe(never());
  expect(provider.cloning?.()).toBeNull();
  expect((await clone(provider, recording(3))).fault).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining(kind),
    kept: expect.stringContaining('nothing was sent'),
    todo: expect.stringContaining(todo),
  });
  expect(peer.seen.filter(({ method }) => method === 'POST')).toEqual([]);
});
