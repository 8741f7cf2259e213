import { describe, expect, it } from 'vitest';
import { checkSound, KOKORO_RATE, silence, trimSilence } from './speech-sound.ts';

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
    const trimmed = trimSilence(padded(0.3, 0.45));
    expect(trimmed.length / KOKORO_RATE).toBeGreaterThan(1.08);
    expect(trimmed.length / KOKORO_RATE).toBeLessThan(1.11);
  });

  it('begins and ends at zero, so that a join does not click', () => {
    const trimmed = trimSilence(padded(0, 0).map((sample) => sample + 0.2));
    expect(Math.abs(trimmed[0] ?? 1)).toBe(0);
    expect(Math.abs(trimmed.at(-1) ?? 1)).toBe(0);
    expect(trimmed).toHaveLength(KOKORO_RATE);
  });
});

it('makes silence of a length', () => {
  expect(silence(0.8, 24_000)).toEqual(new Int16Array(19_200));
});
