import { describe, expect, it } from 'vitest';
import { WAV_HEADER_BYTES, wavFile } from '../sound/pcm.ts';
import { type ReferencePiece, referenceSound } from './reference-sound.ts';

const FREE = { mostSeconds: 30, mostBytes: null };

/** A tone of so many seconds. @param hz its frequency */
function tone(seconds: number, sampleRate = 16_000, hz = 440): ReferencePiece {
  const samples = Int16Array.from({ length: seconds * sampleRate }, (_, i) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hz * i) / sampleRate)),
  );
  return { samples, sampleRate };
}
const seconds = ({ samples, sampleRate }: ReferencePiece) => samples.length / sampleRate;
const loudest = (samples: Int16Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
/** How often the sign changes upwards: the frequency in Hz over a second. */
const crossings = (samples: Int16Array) =>
  samples.reduce((count, sample, i) => count + (sample >= 0 && (samples[i - 1] ?? 0) < 0 ? 1 : 0), 0);

describe('the reference of a voice', () => {
  it('is its recordings with a pause between them, and begins and ends softly', () => {
    const { samples, sampleRate } = referenceSound([tone(2), tone(3)], FREE);
    expect(sampleRate).toBe(16_000);
    expect(samples.length).toBe(16_000 * 5 + 5600);
    expect(loudest(samples.slice(32_000, 37_600))).toBe(0);
    expect(loudest(samples.slice(0, 5))).toBeLessThan(1000);
    expect(loudest(samples.slice(-5))).toBeLessThan(1000);
    expect(loudest(samples.slice(40_000, 50_000))).toBeGreaterThan(9900);
  });

  it('is a recording as it was, but for its ends', () => {
    const one = tone(2);
    const { samples } = referenceSound([one], FREE);
    expect(samples.slice(100, -100)).toEqual(one.samples.slice(100, -100));
    // What was given is left alone.
    expect(one).toEqual(tone(2));
  });

  it('keeps pitch and time where the rates differ', () => {
    const { samples, sampleRate } = referenceSound([tone(2, 16_000), tone(2, 22_050)], FREE);
    expect(sampleRate).toBe(48_000);
    expect(samples.length / 48_000).toBeCloseTo(4.35, 3);
    for (const at of [0.5, 2.85]) {
      expect(Math.abs(crossings(samples.slice(at * 48_000, (at + 1) * 48_000)) - 440)).toBeLessThanOrEqual(1);
    }
  });

  it('ends in the pause before the limit where it is too long', () => {
    const long = referenceSound([tone(4), tone(4), tone(4)], { ...FREE, mostSeconds: 9 });
    // Pauses lie from 4 to 4.35 s and from 8.35 to 8.7 s; the last one is the nearer.
    expect(seconds(long)).toBeGreaterThan(8.35);
    expect(seconds(long)).toBeLessThan(8.7);
    const unbroken = referenceSound([tone(12)], { ...FREE, mostSeconds: 9 });
    expect(seconds(unbroken)).toBeGreaterThan(6);
    expect(seconds(unbroken)).toBeLessThanOrEqual(9);
  });

  it('is no larger as a file than it may be', () => {
    const mostBytes = 100_000;
    const { samples, sampleRate } = referenceSound([tone(5), tone(5)], { ...FREE, mostBytes });
    expect(wavFile(samples, sampleRate).length).toBeLessThanOrEqual(mostBytes);
    expect(samples.length).toBeGreaterThan(0);
    const exact = referenceSound([tone(1)], { ...FREE, mostBytes: 32_000 + WAV_HEADER_BYTES });
    expect(exact.samples.length).toBe(16_000);
  });
});
