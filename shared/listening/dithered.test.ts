import { expect, it } from 'vitest';
import { s16ToFloat } from '../sound/pcm.ts';
import { testSpeech } from '../sound/testing/speech.ts';
import { dithered } from './dithered.ts';

const LEAD = 4800;

it('two of one sound are nowhere alike, and both are that sound', async () => {
  const frames = s16ToFloat((await testSpeech()).samples);
  const samples = frames.length + 2 * LEAD;
  const made = (noise: number) => dithered(frames, { gain: -6, lead: LEAD, samples, noise });
  const [one, other] = [made(1), made(2)];
  expect(made(1)).toEqual(one);
  const same = one.filter((value, at) => value === other[at]).length;
  // In silence three values are left, which are the same in 59 of 100.
  expect(same / samples).toBeLessThan(0.6);
  // Also the silence before and behind it.
  expect(one.subarray(0, LEAD)).not.toEqual(other.subarray(0, LEAD));
  expect(one.subarray(-LEAD)).not.toEqual(other.subarray(-LEAD));
  let worst = 0;
  let power = 0;
  for (let at = 0; at < samples; at += 1) {
    const error = (one[at] ?? 0) - (frames[at - LEAD] ?? 0) * 10 ** (-6 / 20) * 32768;
    worst = Math.max(worst, Math.abs(error));
    power += error ** 2 / samples;
  }
  expect(worst).toBeLessThanOrEqual(1.5);
  // Triangular dither and rounding together: a quarter of a step squared (Lipshitz et al.).
  expect(power).toBeCloseTo(0.25, 2);
});

it('clips what is too loud', () => {
  const out = dithered(Float32Array.of(2, -2), { gain: 0, lead: 0, samples: 2, noise: 1 });
  expect([...out]).toEqual([32767, -32768]);
});
