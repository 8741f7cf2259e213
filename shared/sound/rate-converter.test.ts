import { describe, expect, it } from 'vitest';
import { CHAIN_RATE } from './chain-format.ts';
import { convertRate, RateConverter } from './rate-converter.ts';

function sine(hz: number, rate: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));
}

function levelDb(samples: Float32Array): number {
  return 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length + 1e-20);
}

describe.each([8000, 16000, 22050, 24000, 44100])('to %i Hz', (rate) => {
  it('keeps a tone, in place and to the frame', () => {
    const out = convertRate(sine(1000, CHAIN_RATE, CHAIN_RATE), rate);
    expect(out.length).toBe(rate);
    const wanted = sine(1000, rate, rate);
    const error = out.map((sample, i) => sample - (wanted[i] ?? 0)).slice(200, -200);
    expect(levelDb(error)).toBeLessThan(-80);
  });

  it('lets nothing through from beyond its own band', () => {
    const above = Math.min(rate / 2 + 300, CHAIN_RATE / 2 - 200);
    const out = convertRate(sine(above, CHAIN_RATE, CHAIN_RATE), rate).slice(300, -300);
    expect(levelDb(out)).toBeLessThan(-80);
  });

  it('gives the same bits however it is fed', () => {
    const input = sine(440, CHAIN_RATE, 10_000);
    const whole = convertRate(input, rate);
    const converter = new RateConverter(rate);
    const pieces: number[] = [];
    for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 613 || 1) {
      pieces.push(...converter.push(input.subarray(at, at + size)));
    }
    pieces.push(...converter.end());
    expect(Float32Array.from(pieces)).toEqual(whole);
  });
});

it('passes the chain’s own rate on untouched and refuses what it cannot make', () => {
  const input = sine(440, CHAIN_RATE, 1000);
  expect(convertRate(input, CHAIN_RATE)).toEqual(input);
  expect(() => new RateConverter(96_000)).toThrow(/cannot be made/);
});
