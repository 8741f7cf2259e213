import { expect, it } from 'vitest';
import { CHAIN_RATE } from '../sound/chain-format.ts';
import { sine } from '../sound/testing/speech.ts';
import { anchor } from './anchor.ts';

/** Level in dB of the middle second of a filtered tone of 0 dB. */
function gainAt(frequency: number): number {
  const out = anchor(sine(2, CHAIN_RATE, frequency, 0)).subarray(CHAIN_RATE / 2, (3 * CHAIN_RATE) / 2);
  return 10 * Math.log10((2 * out.reduce((sum, value) => sum + value ** 2, 0)) / out.length);
}

// ITU-R BS.1534-3: ±0.1 dB up to 3.5 kHz, at least 25 dB less at 4 kHz, 50 dB at 4.5 kHz.
it.each([100, 1000, 3000, 3500])('passes %i Hz', (frequency) => {
  expect(Math.abs(gainAt(frequency))).toBeLessThan(0.1);
});

it.each([
  [4000, -25],
  [4500, -50],
  [12_000, -50],
])('takes %i Hz away', (frequency, most) => {
  expect(gainAt(frequency)).toBeLessThan(most);
});

it('is no later than the sound', () => {
  const click = new Float32Array(4801);
  click[2400] = 1;
  const out = anchor(click);
  expect(out.indexOf(out.reduce((most, value) => Math.max(most, value), 0))).toBe(2400);
});
