import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { MPEGDecoder } from 'mpg123-decoder';
import { OggOpusDecoder } from 'ogg-opus-decoder';
import { afterAll, describe, expect, it } from 'vitest';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import type { ExportFormat } from '../../shared/schemas/export.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { measureLoudness } from '../../shared/sound/loudness.ts';
import { bytesToS16, floatToS16, s16ToFloat, WAV_HEADER_BYTES } from '../../shared/sound/pcm.ts';
import { referenceLoudness, referenceTruePeak } from '../../shared/sound/testing/reference-meter.ts';
import { spectralDistance } from '../../shared/sound/testing/spectral-distance.ts';
import { testSpeech } from '../../shared/sound/testing/speech.ts';
import { createImporter } from '../import/importer.ts';
import { type ExportedTake, type ExportJob, exportTake } from './export-take.ts';

const speech = await testSpeech();
const importer = createImporter();
afterAll(() => importer.close());

const MOVED = { speed: 1.25, pitch: -2, volume: -3 };

function make(more: Partial<ExportJob>): Promise<ExportedTake> {
  const job: ExportJob = {
    ...speech,
    studio: NEUTRAL_STUDIO,
    format: 'wav',
    rate: 48_000,
    loudness: null,
    comment: 'a test',
    ...more,
  };
  return exportTake(job, () => {});
}

/** Decoders other than the studio's own way of reading, where there is one. */
async function decode(format: ExportFormat, bytes: Uint8Array): Promise<Float32Array> {
  if (format === 'wav') return s16ToFloat(bytesToS16(bytes.subarray(WAV_HEADER_BYTES)));
  if (format === 'flac') {
    // It divides by 32,767, not by 32,768.
    const decoder = new FLACDecoder();
    await decoder.ready;
    const { channelData } = await decoder.decodeFile(bytes);
    decoder.free();
    return (channelData[0] ?? new Float32Array(0)).map((sample) => (sample * 32767) / 32768);
  }
  const decoder = format === 'mp3' ? new MPEGDecoder() : new OggOpusDecoder();
  await decoder.ready;
  const { channelData } = decoder instanceof MPEGDecoder ? decoder.decode(bytes) : await decoder.decodeFile(bytes);
  decoder.free();
  return channelData[0] ?? new Float32Array(0);
}

describe('bit for bit', () => {
  for (const format of ['wav', 'flac'] as const) {
    it(`${format}: an export is the offline render, rounded`, async () => {
      const { bytes } = await make({ format, studio: MOVED });
      const render = floatToS16(await renderOffline(speech.samples, speech.sampleRate, MOVED));
      expect(floatToS16(await decode(format, bytes))).toEqual(render);
    });

    it(`${format}: a take nothing was done to is its own samples at its own rate`, async () => {
      const { bytes, notes } = await make({ format, rate: 22050 });
      expect(floatToS16(await decode(format, bytes))).toEqual(speech.samples);
      expect(notes).toEqual([]);
    });
  }

  it('the same export again is the same file', async () => {
    const once = await make({ format: 'wav', studio: MOVED, loudness: -19 });
    const again = await make({ format: 'wav', studio: MOVED, loudness: -19 });
    expect(again.bytes).toEqual(once.bytes);
  });
});

describe('every format and rate', () => {
  for (const format of ['wav', 'flac', 'mp3', 'opus'] as const) {
    for (const rate of format === 'opus' ? [48000] : [16000, 22050, 24000, 44100, 48000]) {
      it(`${format} at ${rate} Hz: as long to the sample, as loud within 0.1 LU, and sounds the same`, async () => {
        const { bytes, sampleRate } = await make({ format, rate });
        const source = (await make({ format: 'wav', rate })).bytes;
        const expected = await decode('wav', source);
        const got = await decode(format, bytes);
        expect(sampleRate).toBe(rate);
        expect(got).toHaveLength(expected.length);
        expect(Math.abs(expected.length - (speech.samples.length * rate) / speech.sampleRate)).toBeLessThan(1);
        const loudness = referenceLoudness(got, rate);
        expect(Math.abs(loudness - referenceLoudness(s16ToFloat(speech.samples), speech.sampleRate))).toBeLessThan(0.1);
        expect(spectralDistance(expected, got, rate)).toBeLessThan(format === 'wav' || format === 'flac' ? 0.001 : 1.5);
        const brought = await importer.decode(bytes, `take.${format}`);
        expect(brought.sampleRate).toBe(rate);
        expect(brought.samples).toHaveLength(expected.length);
        expect(spectralDistance(got, s16ToFloat(brought.samples), rate)).toBeLessThan(0.2);
      });
    }
  }

  it('Opus at another rate is 48 kHz all the same, and says so', async () => {
    const { sampleRate, notes } = await make({ format: 'opus', rate: 22050 });
    expect(sampleRate).toBe(48000);
    expect(notes).toEqual(['Opus is always 48000 Hz.']);
  });

  it('a sound of a few samples becomes a file of as many', async () => {
    for (const format of ['wav', 'flac', 'mp3', 'opus'] as const) {
      const { bytes } = await make({ format, sampleRate: 48000, samples: Int16Array.of(100, -100, 50) });
      expect((await importer.decode(bytes, 'short')).samples).toHaveLength(3);
    }
  });
});

describe('loudness targets', () => {
  for (const format of ['wav', 'flac', 'mp3', 'opus'] as const) {
    for (const target of [-16, -19, -23] as const) {
      it(`${format} at ${target} LUFS: reached within 0.2 LU or said, true peak at most -1 dB`, async () => {
        const made = await make({ format, loudness: target });
        const got = await decode(format, made.bytes);
        const loudness = referenceLoudness(got, made.sampleRate);
        const missed = made.notes.some((note) => note.includes('not reached'));
        expect(Math.abs(loudness - target) < 0.2).toBe(!missed);
        // At this much crest (18.9 dB) only -16 is out of reach.
        expect(missed).toBe(target === -16);
        expect(referenceTruePeak(got, made.sampleRate)).toBeLessThanOrEqual(-1);
        expect(Math.abs((made.loudness ?? 0) - loudness)).toBeLessThan(0.1);
        expect(Math.abs((made.truePeak ?? 0) - referenceTruePeak(got, made.sampleRate))).toBeLessThan(0.2);
      });
    }
  }

  for (const rate of [16000, 22050, 24000, 44100] as const) {
    it(`holds at ${rate} Hz too`, async () => {
      const made = await make({ rate, loudness: -19, studio: MOVED });
      const got = await decode('wav', made.bytes);
      expect(Math.abs(referenceLoudness(got, rate) - -19)).toBeLessThan(0.2);
      expect(referenceTruePeak(got, rate)).toBeLessThanOrEqual(-1);
    });
  }
});

it('clips what is too loud, and says so', async () => {
  const { notes } = await make({ studio: { ...NEUTRAL_STUDIO, volume: 12 } });
  expect(notes.join()).toMatch(/louder than full scale: \d+ samples/);
});

it('an MP3 of a sound at full scale is not clipped but quieter, and says so', async () => {
  const top = speech.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const samples = speech.samples.map((sample) => (sample * 32_600) / top);
  const { notes } = await make({ format: 'mp3', samples, rate: 22050 });
  expect(notes).toEqual(['mp3 made it 0.4 LU quieter.']);
});

it('volume is the gain it says', async () => {
  const quiet = await make({ studio: { ...NEUTRAL_STUDIO, volume: -6 } });
  const plain = await make({});
  const difference =
    (measureLoudness(await decode('wav', plain.bytes), 48000) ?? 0) -
    (measureLoudness(await decode('wav', quiet.bytes), 48000) ?? 0);
  expect(difference).toBeCloseTo(6, 1);
});
