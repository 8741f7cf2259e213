import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDevnenPeer } from '../../../e2e/peers/devnen.ts';
import { sendDetail } from '../../../e2e/peers/fastapi.ts';
import { createOpenAiPeer } from '../../../e2e/peers/openai.ts';
import { Peer, sendJson } from '../../../e2e/peers/peer.ts';
import { createResemblePeer } from '../../../e2e/peers/resemble.ts';
import { createRestPeer } from '../../../e2e/peers/rest.ts';
import { createTravisvnPeer } from '../../../e2e/peers/travisvn.ts';
import { toFault } from '../../../shared/errors.ts';
import { wavFile } from '../../../shared/sound/pcm.ts';
import type { Provider, VoiceAliases } from '../provider.ts';
import { hear, never, OnPeers } from './testing/on-peers.ts';

const on = new OnPeers();
afterEach(() => on.closeAll());

/** An id that a voice has at ElevenLabs. */
const OLD = '21m00Tcm4TlvDq8ikWAM';

async function bring(url: string, name: string): Promise<void> {
  const form = new FormData();
  form.set('voice_name', name);
  form.set('voice_file', new File([wavFile(new Int16Array(24_000).fill(name.length), 24_000)], `${name}.wav`));
  expect((await fetch(`${url}/voices`, { method: 'POST', body: form })).status).toBe(201);
}
/** A server with voices. */
async function peerOf(...voices: string[]) {
  const peer = await on.start(createTravisvnPeer());
  for (const voice of voices) await bring(peer.url, voice);
  return peer;
}
async function aliasesOf(provider: Provider): Promise<VoiceAliases> {
  const aliases = await provider.aliases?.(never());
  if (!aliases) throw new Error('It keeps no other names.');
  return aliases;
}
const faultOf = (asked: Promise<unknown>) => asked.then(() => null, toFault);
/** Requests that change something. */
const changes = (peer: Peer) => peer.seen.filter(({ method, path }) => method !== 'GET' && path.includes('/aliases'));

describe('another name of a voice', () => {
  it('is given, answers with that voice, and is taken away again', async () => {
    const peer = await peerOf('emily', 'henry');
    const onVoices = vi.fn();
    const provider = on.provider([peer], { onVoices });
    const aliases = await aliasesOf(provider);
    await aliases.add('henry', OLD, never());
    expect(await aliases.list('henry', never())).toEqual([OLD]);
    expect(await aliases.list('emily', never())).toEqual([]);
    expect(onVoices).toHaveBeenCalledTimes(1);
    expect((await hear(provider, { voice: OLD })).code).toBeNull();
    expect(peer.engine.spoken.at(-1)?.voice).toBe('henry');
    await aliases.remove('henry', OLD, never());
    expect(await aliases.list('henry', never())).toEqual([]);
    expect((await hear(provider, { voice: OLD })).code).toBe('unknown_voice');
  });

  it('may be given and taken away twice, also by another name of the voice', async () => {
    const peer = await peerOf('emily');
    const aliases = await aliasesOf(on.provider([peer]));
    await aliases.add('emily', OLD, never());
    await aliases.add('emily', OLD, never());
    await aliases.add(OLD, 'Rachel', never());
    await aliases.add('emily', 'emily', never());
    expect(await aliases.list('emily', never())).toEqual([OLD, 'Rachel']);
    expect(changes(peer)).toHaveLength(2);
    await aliases.remove('emily', OLD, never());
    await aliases.remove('emily', OLD, never());
    expect(await aliases.list('Rachel', never())).toEqual(['Rachel']);
    // With the voice its names are gone.
    await fetch(`${peer.url}/voices/emily`, { method: 'DELETE' });
    await aliases.remove('emily', 'Rachel', never());
    expect(changes(peer)).toHaveLength(3);
  });

  it('is not given where it is taken, and it is said by what', async () => {
    const peer = await peerOf('emily', 'henry');
    const aliases = await aliasesOf(on.provider([peer]));
    await aliases.add('henry', OLD, never());
    expect(await faultOf(aliases.add('emily', OLD, never()))).toMatchObject({
      code: 'conflict',
      message: `“${OLD}” cannot be given at ${peer.url}: it is another name of the voice “henry” there.`,
      kept: expect.any(String),
      todo: expect.any(String),
    });
    expect(await faultOf(aliases.add('emily', 'henry', never()))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('it is the name of a voice there'),
    });
    // Taking it from another voice is not taking it from this one.
    await aliases.remove('emily', OLD, never());
    expect(await aliases.list('henry', never())).toEqual([OLD]);
    expect(changes(peer)).toHaveLength(1);
  });

  it('is of a voice that is there', async () => {
    const aliases = await aliasesOf(on.provider([await peerOf('emily')]));
    expect(await faultOf(aliases.add('nobody', OLD, never()))).toMatchObject({ code: 'unknown_voice' });
    expect(await faultOf(aliases.list('nobody', never()))).toMatchObject({ code: 'unknown_voice' });
  });

  it.each(['', ' a', 'elevenlabs:x', 'a/b', 'x'.repeat(101)])('is refused before it is sent: “%s”', async (alias) => {
    const peer = await peerOf('emily');
    const aliases = await aliasesOf(on.provider([peer]));
    expect(await faultOf(aliases.add('emily', alias, never()))).toMatchObject({
      code: 'invalid',
      param: 'alias',
      kept: 'Nothing was sent.',
    });
    expect(changes(peer)).toEqual([]);
  });
});

describe('on several servers', () => {
  it('it is given at all that have the voice', async () => {
    const peers = [await peerOf('emily'), await peerOf('emily', 'henry'), await peerOf('henry')] as const;
    const provider = on.provider(peers);
    const aliases = await aliasesOf(provider);
    await aliases.add('emily', OLD, never());
    expect(peers.map((peer) => changes(peer).length)).toEqual([1, 1, 0]);
    expect(await aliases.list('emily', never())).toEqual([OLD]);
    const takes = await Promise.all([1, 2].map(() => hear(provider, { voice: OLD })));
    expect(takes.map(({ code }) => code)).toEqual([null, null]);
    await aliases.remove('emily', OLD, never());
    expect(await aliases.list('emily', never())).toEqual([]);
  });

  it('it is given nowhere where one of them has it for another voice, or is not there', async () => {
    const [one, other] = [await peerOf('emily'), await peerOf('emily', 'henry')] as const;
    const provider = on.provider([one, other]);
    await (await aliasesOf(on.provider([other]))).add('henry', OLD, never());
    const aliases = await aliasesOf(provider);
    expect(await faultOf(aliases.add('emily', OLD, never()))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(other.url),
    });
    await other.stop();
    expect(await faultOf(aliases.add('emily', 'Rachel', never()))).toMatchObject({ code: 'unreachable' });
    const late = await aliasesOf(on.provider([one, other]));
    expect(await faultOf(late.add('emily', 'Rachel', never()))).toMatchObject({ code: 'unreachable' });
    expect(changes(one)).toEqual([]);
  });

  it('it is taken back where another one refuses it at last', async () => {
    const [one, other] = [await peerOf('emily'), await failing()];
    const aliases = await aliasesOf(on.provider([one, other]));
    expect(await faultOf(aliases.add('emily', OLD, never()))).toMatchObject({ code: 'provider_fault' });
    expect(changes(one).map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    expect(await aliases.list('emily', never())).toEqual([]);
  });

  it('it is taken away where that can be done, and it is said where not', async () => {
    const [one, other] = [await peerOf('emily'), await peerOf('emily')] as const;
    const provider = on.provider([one, other]);
    const aliases = await aliasesOf(provider);
    await aliases.add('emily', OLD, never());
    await other.stop();
    for (const of of [aliases, await aliasesOf(on.provider([one, other]))]) {
      expect(await faultOf(of.remove('emily', OLD, never()))).toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining(other.url),
        todo: expect.any(String),
      });
    }
    expect(changes(one).map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    await other.start();
    await aliases.remove('emily', OLD, never());
    expect(await aliases.list('emily', never())).toEqual([]);
  });
});

/** A server of the kind whose library can be read and not be written; or, as an older build, has no such call. */
async function failing(refuse: (to: Parameters<typeof sendDetail>[0]) => void = (to) => sendDetail(to, 500, 'Full.')) {
  const voices = [{ name: 'emily', language: 'en', aliases: [], exists: true }];
  const peer = new Peer({
    name: 'failing',
    routes: {
      'GET /health': ({ response }) => sendJson(response, 200, { status: 'healthy', model_loaded: true }),
      'GET /voices': ({ response }) => sendJson(response, 200, { voices, count: 1 }),
      'POST /voices/:name/aliases': refuse,
    },
    otherwise: (exchange) => sendDetail(exchange, 404, 'Not Found'),
    refuse: (exchange, status) => sendDetail(exchange, status, 'No.'),
  });
  await peer.start();
  stopping.push(() => peer.stop());
  return peer;
}
const stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop();
});

describe('where there are none', () => {
  it('a build without such calls says so', async () => {
    const peer = await failing((to) => sendDetail(to, 404, 'Not Found'));
    const aliases = await aliasesOf(on.provider([peer]));
    expect(await faultOf(aliases.add('emily', OLD, never()))).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('build'),
      todo: expect.any(String),
    });
  });

  it.each([
    ['devnen', () => createDevnenPeer(), null],
    ['REST', () => createRestPeer(), null],
    ['OpenAI', () => createOpenAiPeer(), null],
    ['Resemble', () => createResemblePeer({ apiKey: 'resemble-key' }), 'resemble-key'],
  ])('a server of another kind has none (%s)', async (_, create, key) => {
    const peer = await on.start(create());
    expect(await on.provider([peer], { key }).aliases?.(never())).toBeNull();
  });

  it('a server that cannot be asked is not said to have none', async () => {
    const peer = await peerOf('emily');
    await peer.stop();
    expect(await faultOf(on.provider([peer]).aliases?.(never()) ?? Promise.resolve())).toMatchObject({
      code: 'unreachable',
    });
  });
});
