import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { s16ToBytes, s16ToFloat, wavFile, wavHeader } from '../../shared/sound/pcm.ts';
import { sine, testSpeech } from '../../shared/sound/testing/speech.ts';
import { encode } from '../export/encode.ts';
import { wavOf } from '../testing/wav-of.ts';
import { createImporter, decodeAudioFile } from './importer.ts';

const importer = createImporter();
afterAll(() => importer.close());
const decode = (bytes: Uint8Array, name = 'a file') => importer.decode(bytes, name);

const speech = await testSpeech('Toast.');
const TONE = [...sine(0.1, 24000, 440, -6)];

describe('WAV', () => {
  it('of 16 bits comes back as it was', async () => {
    const { samples, sampleRate, notes } = await decode(wavFile(speech.samples, speech.sampleRate));
    expect(samples).toEqual(speech.samples);
    expect(sampleRate).toBe(22050);
    expect(notes).toEqual([]);
  });

  for (const [bits, format] of [
    [8, 1],
    [16, 1],
    [24, 1],
    [32, 1],
    [32, 3],
    [64, 3],
  ] as const) {
    it(`of ${bits} bits ${format === 3 ? 'float' : ''} is read`, async () => {
      const { samples } = await decode(wavOf([TONE], { bits, format }));
      const off = s16ToFloat(samples).map((sample, i) => Math.abs(sample - (TONE[i] ?? 0)));
      expect(samples).toHaveLength(TONE.length);
      expect(Math.max(...off)).toBeLessThan(bits === 8 ? 0.02 : 0.0002);
    });
  }

  it('in stereo is mixed, and that is said', async () => {
    const half = TONE.map((sample) => sample / 2);
    const { samples, notes } = await decode(wavOf([TONE, half]));
    const off = s16ToFloat(samples).map((sample, i) => Math.abs(sample - 0.75 * (TONE[i] ?? 0)));
    expect(Math.max(...off)).toBeLessThan(0.0002);
    expect(notes).toEqual(['Its 2 channels were mixed to one.']);
  });

  it('over 48 kHz is brought to a rate the studio can play', async () => {
    const { samples, sampleRate } = await decode(wavOf([[...sine(0.5, 96000, 440, -6)]], { rate: 96000 }));
    expect(sampleRate).toBe(48000);
    expect(samples).toHaveLength(24000);
    const expected = sine(0.5, 48000, 440, -6);
    const off = s16ToFloat(samples.slice(500, -500)).map((sample, i) => Math.abs(sample - (expected[i + 500] ?? 0)));
    expect(Math.max(...off)).toBeLessThan(0.001);
  });

  it('with samples that are no numbers has silence there, and says so', async () => {
    const { samples, notes } = await decode(
      wavOf([[0.5, Number.NaN, Number.POSITIVE_INFINITY, 0.5]], { bits: 32, format: 3 }),
    );
    expect([...samples]).toEqual([16384, 0, 0, 16384]);
    expect(notes).toEqual(['2 samples were no numbers and became silence.']);
  });

  it('over full scale is clipped, and says so', async () => {
    const { samples, notes } = await decode(wavOf([[1.5, -2, 0.5]], { bits: 32, format: 3 }));
    expect([...samples]).toEqual([32767, -32768, 16384]);
    expect(notes).toEqual(['2 samples were over full scale and were clipped.']);
  });

  it('that was streamed, or broken off, gives what is there', async () => {
    const streamed = Buffer.concat([wavHeader(Number.POSITIVE_INFINITY, 22050), s16ToBytes(speech.samples)]);
    expect((await decode(new Uint8Array(streamed))).samples).toEqual(speech.samples);
    const broken = wavFile(speech.samples, 22050).subarray(0, 44 + 2001);
    expect((await decode(broken)).samples).toEqual(speech.samples.subarray(0, 1000));
  });
});

describe('compressed files', () => {
  it('FLAC comes back as it was', async () => {
    const { bytes } = await encode(s16ToFloat(speech.samples), speech.sampleRate, 'flac', '');
    const { samples, sampleRate, notes } = await decode(bytes);
    expect(samples).toEqual(speech.samples);
    expect(sampleRate).toBe(22050);
    expect(notes).toEqual([]);
  });

  it('Ogg Vorbis (written by SoX) sounds as what went in, and is as long', async () => {
    const file = await readFile(new URL('./testing/toast.ogg', import.meta.url));
    const { samples, sampleRate } = await decode(new Uint8Array(file));
    expect(sampleRate).toBe(22050);
    expect(samples).toHaveLength(speech.samples.length);
    let error = 0;
    let power = 0;
    speech.samples.forEach((sample, i) => {
      error += (sample - (samples[i] ?? 0)) ** 2;
      power += sample ** 2;
    });
    expect(10 * Math.log10(power / error)).toBeGreaterThan(15);
  });
});

describe('what cannot be read', () => {
  const refused = (bytes: Uint8Array, code: string) =>
    expect(decode(bytes, 'x')).rejects.toMatchObject({ name: 'FaultError', fault: { code } });
  const whole = wavFile(speech.samples, 22050);
  const altered = (offset: number, ...values: number[]) => {
    const file = whole.slice();
    file.set(values, offset);
    return file;
  };

  it('an empty file, a header without sound, and half a header', async () => {
    await refused(new Uint8Array(0), 'bad_audio');
    await refused(whole.subarray(0, 44), 'bad_audio');
    await refused(whole.subarray(0, 20), 'bad_audio');
  });

  it('what is no sound', async () => {
    await refused(new TextEncoder().encode('Hello, this is a text and no sound at all.'), 'unsupported');
    await refused(new Uint8Array([0, 0, 0, 24, ...Buffer.from('ftypM4A isom')]), 'unsupported');
  });

  it('absurd channels, rates, and sizes in the header', async () => {
    await refused(altered(22, 255, 255), 'unsupported');
    await refused(altered(22, 0, 0), 'bad_audio');
    await refused(altered(24, 0, 0, 0, 0), 'bad_audio');
    await refused(altered(24, 0, 0xff, 0xff, 0xff), 'unsupported');
    await refused(altered(32, 0, 0), 'bad_audio');
    await refused(altered(20, 2, 0), 'bad_audio');
  });

  it('a file over 200 MB', async () => {
    await refused(new Uint8Array(200 * 1024 * 1024 + 1), 'too_large');
  });

  it('more than an hour, however small the file', async () => {
    const silence = Float32Array.from({ length: 8000 * 3601 }, () => 0);
    const { bytes } = await encode(silence, 8000, 'flac', '');
    expect(bytes.length).toBeLessThan(1024 * 1024);
    await refused(bytes, 'too_large');
  });

  it('a file that takes too long', async () => {
    const hasty = createImporter({ limit: 1 });
    await expect(hasty.decode(whole, 'x')).rejects.toMatchObject({ fault: { code: 'bad_audio' } });
    await hasty.close();
  });

  it('broken pieces of every format: sound or a fault, never a crash', async () => {
    const sound = s16ToFloat(speech.samples);
    const vorbis = new Uint8Array(await readFile(new URL('./testing/toast.ogg', import.meta.url)));
    const files = [
      (await encode(sound, 22050, 'flac', '')).bytes,
      (await encode(sound, 22050, 'mp3', '')).bytes,
      (await encode(sound, 48000, 'opus', '')).bytes,
      vorbis,
      whole,
    ];
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    for (const file of files) {
      for (let round = 0; round < 6; round += 1) {
        const broken = file.slice(0, round % 2 === 0 ? file.length : 20 + random(file.length - 20));
        for (let i = 0; i < 30; i += 1) broken[4 + random(broken.length - 4)] = random(256);
        const outcome = await decode(broken, 'broken').then(
          ({ samples }) => (samples.length > 0 ? 'sound' : 'nothing'),
          (thrown) => (thrown as { fault?: { code: string } }).fault?.code,
        );
        expect(['sound', 'bad_audio', 'unsupported', 'too_large']).toContain(outcome);
      }
    }
    // Afterwards it still works.
    expect((await decode(whole)).samples).toEqual(speech.samples);
  });
});

it('ends what is under way when it is closed', async () => {
  const closing = createImporter();
  const under = closing.decode(wavFile(speech.samples, 22050), 'x');
  const refused = expect(under).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  await closing.close();
  await refused;
  await expect(closing.decode(new Uint8Array(1), 'x')).rejects.toMatchObject({ fault: { code: 'cancelled' } });
});

it('decodes a single file by itself', async () => {
  expect((await decodeAudioFile(wavFile(speech.samples, 22050), 'x')).samples).toEqual(speech.samples);
});
