import { afterEach, describe, expect, it } from 'vitest';
import type { ElevenLabsPeer } from '../../../e2e/peers/elevenlabs.ts';
import { CLONE, hear, never, RACHEL, TEXT, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

const posts = (peer: ElevenLabsPeer) => peer.seen.filter(({ method }) => method === 'POST');

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
