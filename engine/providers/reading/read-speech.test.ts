import { describe, expect, it } from 'vitest';
import { toFault } from '../../../shared/errors.ts';
import { encode } from '../../export/encode.ts';
import { decodeAudioFile } from '../../import/importer.ts';
import { inPieces, wavOf } from '../../testing/wav-of.ts';
import { readSpeech } from './read-speech.ts';

const TONE = Array.from({ length: 500 }, (_, i) => Math.round(9_000 * Math.sin(i / 5)) / 32_768);
const S16 = TONE.map((sample) => sample * 32_768);
const text = (value: string) => new TextEncoder().encode(value);

/** A body in pieces, which tells whether it was let go. */
function bodyOf(bytes: Uint8Array, size = 7, failing?: Error) {
  const state = { closed: false };
  async function* pieces() {
    try {
      yield* inPieces(bytes, size);
      if (failing) throw failing;
    } finally {
      state.closed = true;
    }
  }
  return { body: pieces(), state };
}

const read = (body: AsyncIterable<Uint8Array>, rawRate: number | null = null) =>
  readSpeech(body, { server: 'The test server', rawRate, decode: decodeAudioFile });

async function whole(body: AsyncIterable<Uint8Array>, rawRate: number | null = null) {
  const { sampleRate, totalSamples, chunks } = await read(body, rawRate);
  const samples: number[] = [];
  for await (const chunk of chunks) samples.push(...chunk);
  return { sampleRate, totalSamples, samples };
}

const faultOf = (promise: Promise<unknown>) => promise.then(() => null, toFault);

describe('the body of an answer', () => {
  it('is WAV by its header, and as long as that says', async () => {
    for (const size of [1, 44, 45, 5000]) {
      const { body, state } = bodyOf(wavOf([TONE], { rate: 22_050 }), size);
      expect(await whole(body)).toEqual({ sampleRate: 22_050, totalSamples: 500, samples: S16 });
      expect(state.closed).toBe(true);
    }
  });

  it.each([
    ['stereo of 16 bits at 44.1 kHz', [TONE, TONE.map((sample) => -sample / 2)], { rate: 44_100 }],
    ['float at 48 kHz', [TONE], { rate: 48_000, format: 3, bits: 32 }],
    [
      'stereo float at 48 kHz of open length',
      [TONE, TONE],
      { rate: 48_000, format: 3, bits: 32, dataSize: 0xffffffff },
    ],
    ['24 bits at 16 kHz', [TONE], { rate: 16_000, bits: 24 }],
  ])('is one channel of 16 bits at its own rate where it is %s', async (_, channels, written) => {
    const mean = TONE.map((_, at) => channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length);
    for (const size of [5, 4096]) {
      const { sampleRate, samples } = await whole(bodyOf(wavOf(channels, written), size).body);
      expect([sampleRate, samples.length]).toEqual([written.rate, TONE.length]);
      for (const [at, sample] of samples.entries()) expect(Math.abs(sample - (mean[at] ?? 0) * 32_768)).toBeLessThan(1);
    }
  });

  it('is raw samples where they are expected, wherever a sample was parted', async () => {
    const bytes = wavOf([TONE]).slice(44);
    for (const size of [1, 3, 999]) {
      expect(await whole(bodyOf(bytes, size).body, 24_000)).toEqual({
        sampleRate: 24_000,
        totalSamples: null,
        samples: S16,
      });
    }
    expect(await faultOf(whole(bodyOf(bytes).body))).toMatchObject({ code: 'bad_audio' });
  });

  it('is WAV all the same where raw samples were expected', async () => {
    expect((await whole(bodyOf(wavOf([TONE])).body, 44_100)).sampleRate).toBe(24_000);
  });

  it.each(['mp3', 'flac', 'opus'] as const)('is decoded where it is %s, whatever it was called', async (format) => {
    const second = Float32Array.from({ length: 48_000 }, (_, i) => 0.4 * Math.sin((2 * Math.PI * 300 * i) / 48_000));
    const { bytes } = await encode(second, 48_000, format, '');
    const { sampleRate, samples, totalSamples } = await whole(bodyOf(bytes, 1000).body, 24_000);
    expect(samples.length).toBe(totalSamples);
    expect(samples.length / sampleRate).toBeCloseTo(1, 1);
    const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length) / 32_768;
    expect(level).toBeCloseTo(0.4 / Math.SQRT2, 1);
  });

  it.each([
    ['JSON', '{"detail":{"status":"quota_exceeded","message":"No credits left."}}', 'No credits left.'],
    ['a page', '<!doctype html><title>Sign in</title>', 'Sign in'],
    ['words', 'upstream connect error', 'upstream connect error'],
  ])('never becomes sound where it is %s', async (_, answer, said) => {
    for (const rawRate of [null, 24_000]) {
      const { body, state } = bodyOf(text(answer));
      expect(await faultOf(read(body, rawRate))).toMatchObject({ code: 'bad_audio', said });
      expect(state.closed).toBe(true);
    }
  });

  it('is cut short where it is empty, has a header alone, or lacks half a sample', async () => {
    expect(await faultOf(read(bodyOf(new Uint8Array(0)).body, 24_000))).toMatchObject({ code: 'cut_short' });
    expect(await faultOf(read(bodyOf(wavOf([[]], { dataSize: 0xffffffff, channels: 1 })).body))).toMatchObject({
      code: 'cut_short',
    });
    expect(await faultOf(whole(bodyOf(wavOf([TONE]).slice(44, -1)).body, 24_000))).toMatchObject({
      code: 'cut_short',
    });
  });

  it('gives what came before it broke off, and says how it broke', async () => {
    const { chunks } = await read(bodyOf(wavOf([TONE]).slice(0, 244), 50, new Error('socket closed')).body);
    const samples: number[] = [];
    const failure = await faultOf(
      (async () => {
        for await (const chunk of chunks) samples.push(...chunk);
      })(),
    );
    expect(failure).toMatchObject({ said: 'socket closed' });
    expect(samples).toEqual(S16.slice(0, 100));
  });

  it('is let go when nobody listens any more', async () => {
    const { body, state } = bodyOf(wavOf([TONE]), 20);
    const { chunks } = await read(body);
    for await (const _ of chunks) break;
    expect(state.closed).toBe(true);
  });
});
