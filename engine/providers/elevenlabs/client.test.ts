import { afterEach, describe, expect, it } from 'vitest';
import {
  createElevenLabsPeer,
  type ElevenLabsOptions,
  type ElevenLabsPeer,
  PEER_KEY,
} from '../../../e2e/peers/elevenlabs.ts';
import { Peer, sendJson } from '../../../e2e/peers/peer.ts';
import { type FaultError, toFault } from '../../../shared/errors.ts';
import type { HttpFault } from '../http/http-fault.ts';
import { ElevenLabsClient, type OutputFormat, type SpeechBody } from './client.ts';

const VOICE = '21m00Tcm4TlvDq8ikWAM';
const TEXT = 'The first move is what sets everything in motion. Then it goes on.';
const never = new AbortController().signal;

const open: { peer: ElevenLabsPeer; client: ElevenLabsClient }[] = [];

async function connected(options: ElevenLabsOptions = {}, { key = PEER_KEY, betweenBytesMs = 30_000 } = {}) {
  const peer = createElevenLabsPeer(options);
  await peer.start();
  const client = new ElevenLabsClient({ key, base: peer.url, limits: { betweenBytesMs } });
  open.push({ peer, client });
  const ask = (body: Partial<SpeechBody> = {}, { voice = VOICE, format = 'pcm_24000', signal = never } = {}) => ({
    voice,
    format: format as OutputFormat,
    body: { text: TEXT, model_id: 'eleven_flash_v2_5', seed: 1, ...body },
    signal,
  });
  return { peer, client, ask };
}

afterEach(async () => {
  for (const { peer, client } of open.splice(0)) {
    expect(peer.invalid).toEqual([]);
    expect(peer.ignored).toEqual([]);
    await client.close();
    await expect.poll(() => peer.connections, { timeout: 20_000 }).toBe(0);
    await peer.stop();
  }
});

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
const faultOf = (promise: Promise<unknown>) => promise.then(() => null, toFault);

describe('ElevenLabsClient', () => {
  it('reads models, subscription and the settings of a voice', async () => {
    const { client } = await connected();
    const models = await client.models(never);
    expect(models.find(({ model_id }) => model_id === 'eleven_v3')).toMatchObject({
      name: 'Eleven v3',
      can_do_text_to_speech: true,
      maximum_text_length_per_request: 5000,
      languages: expect.arrayContaining([{ language_id: 'cy' }]),
    });
    expect(await client.subscription(never)).toMatchObject({ tier: 'creator', character_limit: 121_000 });
    expect(await client.settings('Clone000000000000001', never)).toEqual({
      stability: 0.3,
      similarity_boost: 0.9,
      style: 0.2,
      use_speaker_boost: false,
      speed: 1.1,
    });
  });

  it('reads all voices, page by page, each once', async () => {
    const { client, peer } = await connected({ clones: 230 });
    const voices = await client.voices(never);
    expect(new Set(voices.map(({ voice_id }) => voice_id)).size).toBe(243);
    expect(voices).toHaveLength(243);
    expect(peer.askedFor('/v2/voices').map(({ query }) => query.next_page_token)).toEqual([undefined, '100', '200']);
  });

  it('does not read pages that lead back for ever', async () => {
    const round = new Peer({
      name: 'round',
      routes: {
        'GET /v2/voices': ({ response }) =>
          sendJson(response, 200, { voices: [{ voice_id: 'v' }], has_more: true, next_page_token: 'again' }),
      },
      otherwise: ({ response }) => sendJson(response, 404, {}),
      refuse: ({ response }, status) => sendJson(response, status, {}),
    });
    await round.start();
    const client = new ElevenLabsClient({ key: PEER_KEY, base: round.url });
    expect(await client.voices(never)).toHaveLength(1);
    expect(round.seen).toHaveLength(2);
    await client.close();
    await round.stop();
  });

  it('speaks, and says what it cost', async () => {
    const { client, peer, ask } = await connected();
    const { facts, pieces } = await client.speak(ask());
    expect(facts).toEqual({ requestId: expect.any(String), credits: 14, running: 1, mostRunning: 10 });
    const sound = await bytesOf(pieces);
    expect(sound.length % 2).toBe(0);
    expect(sound.length / 48_000).toBeGreaterThan(2);
    expect(peer.account.billed).toMatchObject([{ requestId: facts.requestId, credits: 14 }]);
    expect(peer.askedFor(`/v1/text-to-speech/${VOICE}/stream`)[0]).toMatchObject({
      query: { output_format: 'pcm_24000' },
      headers: { 'xi-api-key': PEER_KEY, 'content-type': 'application/json' },
    });
  });

  it('speaks the same with timings', async () => {
    const { client, ask } = await connected();
    const plain = await bytesOf((await client.speak(ask())).pieces);
    const timed = await client.speakTimed(ask());
    const audio: Uint8Array[] = [];
    let characters = '';
    const ends: number[] = [];
    for await (const piece of timed.pieces) {
      audio.push(piece.audio);
      characters += piece.alignment?.characters.join('') ?? '';
      ends.push(...(piece.alignment?.character_end_times_seconds ?? []));
    }
    expect(Buffer.concat(audio).equals(plain)).toBe(true);
    expect(characters).toBe(TEXT);
    expect(ends.at(-1)).toBeCloseTo(plain.length / 48_000, 2);
    expect(timed.facts.credits).toBe(14);
  });

  it.each([
    ['cut', 30_000],
    ['stall-during', 500],
  ] as const)('finds out an answer with a %s', async (kind, betweenBytesMs) => {
    const { client, peer, ask } = await connected({}, { betweenBytesMs });
    peer.faults.add({ kind, afterBytes: 9000 }, 2);
    expect(await faultOf(client.speak(ask()).then(({ pieces }) => bytesOf(pieces)))).toMatchObject({
      code: 'cut_short',
    });
    const { pieces } = await client.speakTimed(ask());
    const read = async () => {
      for await (const _ of pieces);
    };
    expect(await faultOf(read())).toMatchObject({ code: 'cut_short' });
  });

  it('finds out that a stream with timings ends within a line, or is something else', async () => {
    const { client, peer, ask } = await connected();
    const read = async () => {
      for await (const _ of (await client.speakTimed(ask())).pieces);
    };
    peer.faults.add({ kind: 'end-early', afterBytes: 9000 });
    expect(await faultOf(read())).toMatchObject({ code: 'cut_short' });
    peer.faults.add({ kind: 'html' });
    expect(await faultOf(read())).toMatchObject({ code: 'provider_fault', said: '502 Bad Gateway' });
    peer.faults.add({ kind: 'drip', bytes: 4001, everyMs: 0 });
    expect(await faultOf(read())).toBeNull();
  });

  it('says that it hung up, and asks once', async () => {
    const { client, peer, ask } = await connected();
    peer.faults.add({ kind: 'hang-up' });
    expect(await faultOf(client.speak(ask()))).toMatchObject({ code: 'unreachable' });
    expect(peer.seen).toHaveLength(1);
  });

  it('closes the connection when it is cancelled or let go', async () => {
    const { client, peer, ask } = await connected();
    peer.faults.add({ kind: 'stall-during', afterBytes: 9000 }, 2);
    const controller = new AbortController();
    const { pieces } = await client.speak(ask({}, { signal: controller.signal }));
    const reading = faultOf(bytesOf(pieces));
    controller.abort();
    expect(await reading).toMatchObject({ code: 'cancelled' });
    const { release } = await client.speakTimed(ask());
    release();
    await expect.poll(() => peer.connections, { timeout: 20_000 }).toBe(0);
  });

  it('keeps the key to itself', async () => {
    for (const key of ['sk_with\nnewline', '', 'schlüssel']) {
      expect(() => new ElevenLabsClient({ key })).toThrow('This cannot be a key of ElevenLabs.');
    }
    const { client, ask } = await connected({}, { key: ' sk_wrong_secret \n' });
    const thrown = (await client.speak(ask()).catch((error: unknown) => error)) as FaultError;
    expect(thrown.fault.code).toBe('unauthorised');
    expect(JSON.stringify({ ...thrown, message: thrown.message, stack: thrown.stack })).not.toContain('secret');
  });
});

describe('refusals', () => {
  type Case = [string, ElevenLabsOptions, Partial<SpeechBody>, { voice?: string; format?: string }, object];
  const cases: Case[] = [
    ['no credit', { credits: 5 }, {}, {}, { code: 'no_credit' }],
    ['the plan', { plan: 'free' }, {}, { voice: 'LibraryVoice00000001' }, { code: 'no_credit' }],
    ['a voice', {}, {}, { voice: 'x'.repeat(20) }, { code: 'unknown_voice', param: 'voice_id' }],
    ['a model', {}, { model_id: 'x' }, {}, { code: 'unknown_model', param: 'model_id' }],
  ];

  for (const refusals of ['current', 'older', 'words'] as const) {
    it.each(cases)(`says that it is %s, ${refusals}`, async (_, options, body, where, expected) => {
      const { client, peer, ask } = await connected({ refusals, ...options });
      const fault = await faultOf(client.speak(ask(body, where)));
      expect(fault).toMatchObject({ todo: expect.any(String), kept: expect.any(String), said: expect.any(String) });
      expect(fault).toMatchObject(expected);
      expect(peer.account.billed).toEqual([]);
    });
  }

  const rest: Case[] = [
    ['the format', {}, {}, { format: 'pcm_44100' }, { code: 'no_credit', param: 'output_format' }],
    ['the voice’s id', {}, {}, { voice: 'a b' }, { code: 'unknown_voice' }],
    ['what v3 does not take', {}, { model_id: 'eleven_v3', previous_text: 'a' }, {}, { code: 'bad_request' }],
    ['speed', {}, { voice_settings: { speed: 1.3 } }, {}, { code: 'bad_request', param: 'voice_settings' }],
    ['length', {}, { text: 'a'.repeat(40_001) }, {}, { code: 'text_too_long', param: 'text' }],
    ['nothing to speak', {}, { text: ' ' }, {}, { code: 'bad_request', param: 'text' }],
    ['a permission', { permissions: [] }, {}, {}, { code: 'unauthorised' }],
    [
      'v3’s steps',
      { v3Steps: true },
      { model_id: 'eleven_v3', voice_settings: { stability: 0.3 } },
      {},
      { code: 'bad_request', param: 'stability' },
    ],
  ];
  it.each(rest)('says that it is %s', async (_, options, body, where, expected) => {
    const { client, ask } = await connected(options);
    expect(await faultOf(client.speak(ask(body, where)))).toMatchObject(expected);
  });

  it('tells too many at once from too many', async () => {
    const { client, peer, ask } = await connected({ plan: 'free' });
    peer.faults.add({ kind: 'stall-during', afterBytes: 0 }, 4);
    const running = await Promise.all(Array.from({ length: 4 }, () => client.speak(ask())));
    const busy = await client.speak(ask()).catch((error: unknown) => error as HttpFault);
    expect(busy).toMatchObject({ fault: { code: 'busy' }, serverCode: 'concurrent_limit_exceeded', status: 429 });
    for (const { release } of running) release();
    peer.faults.add({ kind: 'status', status: 429, retryAfter: '7' });
    const limited = () => client.speak(ask()).catch((error: unknown) => error as HttpFault);
    // Until the places are free it is busy still.
    await expect
      .poll(limited, { timeout: 20_000 })
      .toMatchObject({ fault: { code: 'rate_limited' }, retryAfterMs: 7000 });
  });

  it.each([
    [401, 'unauthorised'],
    [402, 'no_credit'],
    [403, 'unauthorised'],
    [404, 'unknown_voice'],
    [409, 'bad_request'],
    [422, 'bad_request'],
    [429, 'rate_limited'],
    [500, 'provider_fault'],
    [502, 'provider_fault'],
    [503, 'busy'],
  ] as const)('says what %i means', async (status, code) => {
    const { client, peer, ask } = await connected();
    peer.faults.add({ kind: 'status', status });
    expect(await faultOf(client.speak(ask()))).toMatchObject({ code });
  });
});
