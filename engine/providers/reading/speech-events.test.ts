import { describe, expect, it } from 'vitest';
import { toFault } from '../../../shared/errors.ts';
import { s16ToBytes } from '../../../shared/sound/pcm.ts';
import { decodeAudioFile } from '../../import/importer.ts';
import { inPieces, wavOf } from '../../testing/wav-of.ts';
import { readSpeechEvents } from './speech-events.ts';

const TONE = Int16Array.from({ length: 400 }, (_, i) => 9000 * Math.sin(i / 5));

const event = (json: unknown) => `data: ${JSON.stringify(json)}\n\n`;
const info = event({ type: 'speech.audio.info', sample_rate: 22_050, channels: 1, bits_per_sample: 16 });
const done = event({ type: 'speech.audio.done', usage: { total_tokens: 3 } });
const deltas = (bytes: Uint8Array, size: number) =>
  inPieces(bytes, size)
    .map((piece) => event({ type: 'speech.audio.delta', audio: Buffer.from(piece).toString('base64') }))
    .join('');

const read = (text: string, size = 50) => readBytes(new TextEncoder().encode(text), size);

async function readBytes(bytes: Uint8Array, size: number) {
  const state = { closed: false };
  async function* body() {
    try {
      yield* inPieces(bytes, size);
    } finally {
      state.closed = true;
    }
  }
  const samples: number[] = [];
  try {
    const { sampleRate, chunks } = await readSpeechEvents(body(), {
      server: 'The peer',
      rawRate: null,
      decode: decodeAudioFile,
    });
    for await (const chunk of chunks) for (const sample of chunk) samples.push(sample);
    return { sampleRate, samples, fault: null, ...state };
  } catch (thrown) {
    return { sampleRate: null, samples, fault: toFault(thrown), ...state };
  }
}

describe('sound in server-sent events', () => {
  it('ends where an event has no end', async () => {
    const state = { closed: false };
    async function* body() {
      const piece = new Uint8Array(1024 * 1024).fill(0x78);
      try {
        yield new TextEncoder().encode('data: {"type":"speech.audio.delta","audio":"');
        for (;;) yield piece;
      } finally {
        state.closed = true;
      }
    }
    const asked = readSpeechEvents(body(), { server: 'The peer', rawRate: null, decode: decodeAudioFile });
    expect(await asked.catch(toFault)).toMatchObject({ code: 'bad_audio' });
    expect(state.closed).toBe(true);
  });

  it('is samples at the rate that was told, wherever anything was parted', async () => {
    for (const size of [1, 33, 100_000]) {
      const heard = await read(info + deltas(s16ToBytes(TONE), 101) + done, size);
      expect(heard).toEqual({ sampleRate: 22_050, samples: [...TONE], fault: null, closed: true });
    }
  });

  it('comes a minute at a time where the server makes it so', async () => {
    const minute = Int16Array.from({ length: 60 * 22_050 }, (_, i) => i % 1000);
    const heard = await read(info + deltas(s16ToBytes(minute), 10_000_000) + done, 1_000_000);
    expect([heard.fault, heard.samples.length]).toEqual([null, minute.length]);
  });

  it('is at the usual rate where none is told, and ends with the word some use', async () => {
    const heard = await read(`${deltas(s16ToBytes(TONE), 64)}data: [DONE]\n\n`);
    expect(heard).toMatchObject({ sampleRate: 24_000, samples: [...TONE], fault: null });
  });

  it('is a WAV file where it begins as one', async () => {
    const file = wavOf([[...TONE].map((sample) => sample / 32_768)], { rate: 16_000 });
    expect(await read(deltas(file, 70) + done)).toMatchObject({ sampleRate: 16_000, samples: [...TONE], fault: null });
  });

  it('is cut short where its last event is missing, after what came', async () => {
    const heard = await read(info + deltas(s16ToBytes(TONE), 100));
    expect(heard).toMatchObject({ samples: [...TONE], fault: { code: 'cut_short' }, closed: true });
  });

  it('passes on an error that the server tells', async () => {
    const half = info + deltas(s16ToBytes(TONE), 100);
    for (const error of [event({ error: { message: 'CUDA' } }), 'event: error\ndata: {"message":"CUDA"}\n\n']) {
      expect(await read(half + error)).toMatchObject({ fault: { code: 'provider_fault', said: 'CUDA' }, closed: true });
    }
  });

  it('is no sound where nothing came', async () => {
    expect((await read(done)).fault).toMatchObject({ code: 'cut_short' });
  });

  it('is a file where the server passes over the wish for events, and no sound where it is a page or JSON', async () => {
    const file = wavOf([[...TONE].map((sample) => sample / 32_768)], { rate: 16_000 });
    for (const size of [3, 50]) {
      const heard = await readBytes(file, size);
      expect(heard).toMatchObject({ sampleRate: 16_000, samples: [...TONE], fault: null, closed: true });
      const page = await read('<!doctype html><title>Bad Gateway</title>', size);
      expect(page).toMatchObject({ samples: [], fault: { code: 'bad_audio', said: 'Bad Gateway' }, closed: true });
      expect((await read('{"detail":"busy"}', size)).fault).toMatchObject({ code: 'bad_audio', said: 'busy' });
    }
  });
});
