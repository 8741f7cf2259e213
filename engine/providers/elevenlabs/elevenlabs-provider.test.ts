import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ElevenLabsPeer } from '../../../e2e/peers/elevenlabs.ts';
import { toFault } from '../../../shared/errors.ts';
import { Model, Voice } from '../../../shared/schemas/voice.ts';
import { CLONE, hear, LENA, never, RACHEL, REQUEST, TEXT, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

const posts = (peer: ElevenLabsPeer) => peer.seen.filter(({ method }) => method === 'POST');
const asked = (peer: ElevenLabsPeer, path: string) => peer.askedFor(path).length;

describe('lists', () => {
  it('has all voices with their models, under the id of its connection', async () => {
    const peer = await open.peer({ clones: 120 });
    const { provider } = open.provider(peer, { id: 'elevenlabs-2' });
    const [voices, models] = await Promise.all([provider.voices(never()), provider.models(never())]);
    for (const voice of voices) Voice.parse(voice);
    for (const model of models) Model.parse(model);
    expect(voices).toHaveLength(133);
    expect(new Set(voices.map(({ provider: id }) => id))).toEqual(new Set(['elevenlabs-2']));
    expect(new Set(models.map(({ provider: id }) => id))).toEqual(new Set(['elevenlabs-2']));
    expect(voices[0]).toMatchObject({
      id: `elevenlabs-2:${RACHEL}`,
      model: 'eleven_multilingual_v2',
      labels: expect.arrayContaining(['premade', 'young', 'narration']),
    });
    expect([...(voices[0]?.models ?? [])].sort()).toEqual(models.map(({ id }) => id).sort());
    expect(peer.invalid).toEqual([]);
  });

  it('is read once for all who ask, and anew for who wants that', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    await Promise.all([provider.voices(never(), true), provider.models(never(), true), provider.models(never(), true)]);
    await provider.voices(never());
    expect([asked(peer, '/v2/voices'), asked(peer, '/v1/models')]).toEqual([1, 1]);
    await provider.voices(never(), true);
    expect([asked(peer, '/v2/voices'), asked(peer, '/v1/models')]).toEqual([2, 2]);
  });

  it('goes on for the others where whoever asked first leaves', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    const controller = new AbortController();
    const first = provider.voices(controller.signal).catch(toFault);
    const second = provider.voices(never());
    controller.abort();
    expect(await first).toMatchObject({ code: 'cancelled' });
    expect(await second).toHaveLength(16);
    expect(asked(peer, '/v2/voices')).toBe(1);
  });

  it('offers the model first that was chosen, where there is one', async () => {
    const peer = await open.peer();
    const first = async (defaultModel: string) =>
      (await open.provider(peer, { defaultModel }).provider.voices(never()))[0]?.model;
    expect(await first('eleven_v3')).toBe('eleven_v3');
    expect(await first('eleven_v1')).toBe('eleven_multilingual_v2');
  });

  it('knows the usual models where the key may not list them', async () => {
    const peer = await open.peer({ permissions: ['text_to_speech', 'voices_read'] });
    const { provider } = open.provider(peer);
    expect((await provider.models(never())).map(({ id }) => id)).toContain('eleven_v3');
    expect(await provider.voices(never())).toHaveLength(16);
  });

  it('asks for stored settings when a voice is chosen, and tells where sliders begin elsewhere now', async () => {
    const peer = await open.peer();
    const { provider, changes } = open.provider(peer);
    const start = async () =>
      (await provider.voices(never(), true)).find(({ id }) => id === `elevenlabs:${CLONE}`)?.start;
    expect(await start()).toBeUndefined();
    await provider.warm?.('eleven_multilingual_v2', CLONE);
    expect(changes()).toBe(1);
    expect(await start()).toEqual({
      stability: 0.3,
      similarity_boost: 0.9,
      style: 0.2,
      use_speaker_boost: false,
      speed: 1.1,
    });
    await provider.warm?.('eleven_multilingual_v2', CLONE);
    expect(changes()).toBe(1);
  });
});

describe('speech', () => {
  it('tells what was sent, what was answered, and what it cost in credits', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    const { stream, seconds, fault } = await hear(provider);
    expect(fault).toBeNull();
    expect(seconds).toBeGreaterThan(2);
    expect(stream).toMatchObject({ sampleRate: 24_000, seed: 1 });
    expect(stream?.request).toEqual({
      address: peer.url,
      path: `/v1/text-to-speech/${RACHEL}/stream`,
      output_format: 'pcm_24000',
      text: TEXT,
      model_id: 'eleven_flash_v2_5',
      language_code: 'en',
      voice_settings: { stability: 0.5, similarity_boost: 0.75, speed: 1 },
      seed: 1,
    });
    expect(stream?.answer?.()).toEqual({
      requestId: peer.account.billed[0]?.requestId,
      credits: 14,
      runningAtOnce: 1,
      mostAtOnce: 10,
      format: 'pcm_24000',
      modelId: 'eleven_flash_v2_5',
    });
    expect(stream?.cost()).toEqual({ estimated: 14, billed: 14, currency: 'credits' });
    expect(stream?.timings?.()).toBeNull();
    expect(peer.ignored).toEqual([]);
  });

  it('draws a seed where none was asked for, and keeps it, so that the take can be made again', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    const first = await hear(provider, { seed: null });
    const other = await hear(provider, { seed: null });
    const again = await hear(provider, { seed: first.stream?.seed ?? null });
    expect(first.stream?.seed).toEqual(expect.any(Number));
    expect(other.stream?.seed).not.toBe(first.stream?.seed);
    expect(posts(peer).map(({ json }) => (json as { seed: number }).seed)).toEqual([
      first.stream?.seed,
      other.stream?.seed,
      first.stream?.seed,
    ]);
    expect(again.samples).toEqual(first.samples);
  });

  it('speaks with what the voice has stored, and what was set by hand', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    const model = 'eleven_multilingual_v2';
    await hear(provider, { voice: CLONE, model, speed: 1.1, parameters: { stability: 0.6 } });
    expect(posts(peer)[0]?.json).toMatchObject({
      voice_settings: { stability: 0.6, similarity_boost: 0.9, style: 0.2, use_speaker_boost: false, speed: 1.1 },
    });
    expect(posts(peer)[0]?.json).not.toHaveProperty('language_code');
    expect(peer.ignored).toEqual([]);
  });

  it('speaks where the key may do nothing else', async () => {
    const peer = await open.peer({ permissions: ['text_to_speech'] });
    const { provider } = open.provider(peer);
    expect(await provider.probe(never())).toMatchObject({
      status: 'ready',
      note: expect.stringContaining('not allowed'),
    });
    expect(await hear(provider)).toMatchObject({ fault: null });
    expect(posts(peer)[0]?.json).not.toHaveProperty('voice_settings');
  });

  it('surfaces where a model is not spoken on this way', async () => {
    const peer = await open.peer({ v4: false });
    const { provider } = open.provider(peer);
    expect((await hear(provider, { model: 'eleven_v4' })).fault).toMatchObject({
      code: 'bad_request',
      param: 'model_id',
    });
    expect((await hear(provider, { model: 'eleven_v9' })).fault).toMatchObject({ code: 'unknown_model' });
  });

  it('keeps when each character is heard, where that was asked for', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    const plain = await hear(provider);
    const timed = await hear(provider, { parameters: { timings: true } });
    expect(timed.samples).toEqual(plain.samples);
    const timings = timed.stream?.timings?.();
    expect(timings?.characters.join('')).toBe(TEXT);
    expect(timings?.ends.at(-1)).toBeCloseTo(timed.seconds, 1);
    expect(timings?.starts).toEqual([...(timings?.starts ?? [])].sort((a, b) => a - b));
    expect(timed.stream?.request).toMatchObject({ path: `/v1/text-to-speech/${RACHEL}/stream/with-timestamps` });
    expect(posts(peer)[1]?.json).not.toHaveProperty('timings');
  });

  it('makes one take of a text with pauses: parts that know of each other, times and credits of the whole', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    const heard = await hear(provider, {
      text: 'The first part. [pause 2s] And the second part. [pause 500ms]',
      parameters: { timings: true, previous_text: 'Before.', next_text: 'After.' },
    });
    expect(heard.fault).toBeNull();
    const [first, second] = posts(peer).map(({ json }) => json);
    expect(first).toMatchObject({
      text: 'The first part.',
      previous_text: 'Before.',
      next_text: 'And the second part.',
      seed: 1,
    });
    expect(second).toMatchObject({
      text: 'And the second part.',
      previous_text: 'The first part.',
      next_text: 'After.',
      seed: 1,
    });
    const timings = heard.stream?.timings?.();
    expect(timings?.characters.join('')).toBe('The first part.And the second part.');
    const firstEnd = timings?.ends[14] ?? 0;
    expect((timings?.starts[15] ?? 0) - firstEnd).toBeCloseTo(2, 1);
    expect(heard.seconds - (timings?.ends.at(-1) ?? 0)).toBeCloseTo(0.5, 1);
    const ids = peer.account.billed.map(({ requestId }) => requestId);
    expect(heard.stream?.answer?.()).toMatchObject({ requestIds: ids, requestId: ids[0], credits: 7 });
    expect(heard.stream?.cost()).toMatchObject({ billed: 7 });
    expect(peer.account.billed).toHaveLength(2);
  });
});

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
