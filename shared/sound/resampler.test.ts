import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterBank, resampledLength } from './resampler.ts';
import { PcmSource } from './source.ts';
import { SourceReader } from './source-reader.ts';

const RATES = [8000, 11025, 16000, 22050, 24000, 32000, 44100];

/** A sine of amplitude 0.5 as s16. */
function tone(rate: number, frequency: number, samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) =>
    Math.round(16384 * Math.sin((2 * Math.PI * frequency * i) / rate)),
  );
}

function readAll(source: PcmSource): Float32Array {
  const reader = new SourceReader();
  reader.attach(source);
  const out = new Float32Array(reader.available);
  reader.read(0, out.length, out, 0);
  return out;
}

function sourceOf(rate: number, samples: Int16Array): PcmSource {
  const source = new PcmSource(rate);
  source.append(samples);
  source.end();
  return source;
}

/** Energy in dB of what is left after the best-fitting sine of this frequency was taken away, against that sine. */
function residual(frames: Float32Array, frequency: number, from: number, to: number): number {
  let cosine = 0;
  let sine = 0;
  for (let i = from; i < to; i += 1) {
    const angle = (2 * Math.PI * frequency * i) / 48_000;
    cosine += (frames[i] ?? 0) * Math.cos(angle);
    sine += (frames[i] ?? 0) * Math.sin(angle);
  }
  const half = (to - from) / 2;
  let left = 0;
  let kept = 0;
  for (let i = from; i < to; i += 1) {
    const angle = (2 * Math.PI * frequency * i) / 48_000;
    const fitted = (cosine / half) * Math.cos(angle) + (sine / half) * Math.sin(angle);
    left += ((frames[i] ?? 0) - fitted) ** 2;
    kept += fitted ** 2;
  }
  return 10 * Math.log10(left / kept);
}

describe('resampling to the chain’s rate', () => {
  test.each(RATES)('from %i Hz keeps a tone and adds nothing above −80 dB', (rate) => {
    // A whole number of periods in the 24,000 frames looked at.
    const frequency = Math.round(rate * 0.2) & ~1;
    const frames = readAll(sourceOf(rate, tone(rate, frequency, rate)));
    expect(residual(frames, frequency, 12_000, 36_000)).toBeLessThan(-80);
    const level = Math.sqrt(frames.subarray(12_000, 36_000).reduce((sum, x) => sum + x * x, 0) / 24_000);
    expect(20 * Math.log10(level / (0.5 * Math.SQRT1_2))).toBeCloseTo(0, 2);
  });

  test('passes 0.45 of the source rate within 0.1 dB', () => {
    const frames = readAll(sourceOf(24_000, tone(24_000, 10_800, 24_000)));
    const level = Math.sqrt(frames.subarray(12_000, 36_000).reduce((sum, x) => sum + x * x, 0) / 24_000);
    expect(Math.abs(20 * Math.log10(level / (0.5 * Math.SQRT1_2)))).toBeLessThan(0.1);
  });

  test('leaves sound at 48 kHz as it is, bit for bit', () => {
    const samples = tone(48_000, 997, 3000);
    expect([...readAll(sourceOf(48_000, samples))]).toEqual([...samples].map((sample) => sample / 32_768));
  });

  test('gives the same frames however the source arrives and is read', () => {
    const whole = sourceOf(22_050, tone(22_050, 441, 9000));
    const expected = readAll(whole);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(fc.integer({ min: -600, max: 21_000 }), fc.integer({ min: 1, max: 5000 })), {
          maxLength: 20,
        }),
        (pieces, reads) => {
          const source = new PcmSource(22_050);
          const reader = new SourceReader();
          reader.attach(source);
          const samples = tone(22_050, 441, 9000);
          const out = new Float32Array(5000);
          let at = 0;
          let turn = 0;
          const check = ([from, count]: [number, number]) => {
            const { available } = reader;
            reader.read(from, count, out, 0);
            const right = (sample: number, i: number) =>
              sample === (from + i >= 0 && from + i < available ? expected[from + i] : 0);
            expect(out.subarray(0, count).every(right)).toBe(true);
          };
          while (at < samples.length) {
            const length = pieces[turn % pieces.length] ?? 1;
            source.append(samples.slice(at, at + length));
            at += length;
            const read = reads[turn % Math.max(1, reads.length)];
            if (read) check(read);
            turn += 1;
          }
          source.end();
          for (const read of reads) check(read);
          expect(reader.available).toBe(resampledLength(filterBank(22_050), 9000));
        },
      ),
      { seed: 7, numRuns: 40 },
    );
  });

  test.each([7999, 48_001, 22_050.5, Number.NaN])('refuses %d Hz', (rate) => {
    expect(() => filterBank(rate)).toThrow(/cannot be played/);
  });
});
