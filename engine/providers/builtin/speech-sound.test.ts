import { describe, expect, it } from 'vitest';
import { checkSound, KOKORO_RATE, silence, silences, trimSilence } from './speech-sound.ts';

/** Tone of one second between silences, in seconds. */
function padded(before: number, after: number): Float32Array {
  const samples = new Float32Array(Math.round((before + 1 + after) * KOKORO_RATE));
  const from = Math.round(before * KOKORO_RATE);
  for (let i = 0; i < KOKORO_RATE; i++) samples[from + i] = 0.5 * Math.sin((2 * Math.PI * 200 * i) / KOKORO_RATE);
  return samples;
}

describe('checkSound', () => {
  it('refuses samples that are not numbers', () => {
    const samples = padded(0, 0);
    samples[5000] = Number.NaN;
    expect(() => checkSound(samples)).toThrow('not numbers');
    samples[5000] = Number.POSITIVE_INFINITY;
    expect(() => checkSound(samples)).toThrow('not numbers');
  });

  it('refuses silence, and nothing', () => {
    expect(() => checkSound(new Float32Array(24_000))).toThrow('silence');
    expect(() => checkSound(new Float32Array(24_000).fill(0.0005))).toThrow('silence');
    expect(() => checkSound(new Float32Array(0))).toThrow('silence');
  });

  it('takes speech', () => {
    expect(() => checkSound(padded(0.3, 0.4))).not.toThrow();
  });
});

describe('trimSilence', () => {
  it('takes off the padding and leaves all of the sound', () => {
    const padding = padded(0.3, 0.45);
    const { samples, before } = trimSilence(padding);
    expect(samples.length / KOKORO_RATE).toBeGreaterThan(1.08);
    expect(samples.length / KOKORO_RATE).toBeLessThan(1.11);
    expect(before / KOKORO_RATE).toBeCloseTo(0.27, 2);
    expect(samples[KOKORO_RATE / 2]).toBe(padding[before + KOKORO_RATE / 2]);
  });

  it('begins and ends at zero, so that a join does not click', () => {
    const trimmed = trimSilence(padded(0, 0).map((sample) => sample + 0.2)).samples;
    expect(Math.abs(trimmed[0] ?? 1)).toBe(0);
    expect(Math.abs(trimmed.at(-1) ?? 1)).toBe(0);
    expect(trimmed).toHaveLength(KOKORO_RATE);
  });
});

it('says where a sound is silent, at its ends and inside, but not where it is only soft for a moment', () => {
  const samples = new Float32Array([...padded(0.02, 0.3), ...padded(0, 0.04), ...padded(0, 0)]);
  const times = silences(samples).flatMap(({ from, to }) => [from, to]);
  const expected = [0, 0.02, 1.02, 1.32];
  expect(times).toHaveLength(expected.length);
  expected.forEach((time, at) => {
    expect(times[at]).toBeCloseTo(time, 2);
  });
});

it('makes silence of a length', () => {
  expect(silence(0.8, 24_000)).toEqual(new Int16Array(19_200));
});
