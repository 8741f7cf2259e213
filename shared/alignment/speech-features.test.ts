import fc from 'fast-check';
import { expect, test } from 'vitest';
import { s16ToFloat } from '../sound/pcm.ts';
import { testSpeech } from '../sound/testing/speech.ts';
import { packFeatures, unpackFeatures } from './pack-features.ts';
import { SpeechFeatureStream, speechFeatures } from './speech-features.ts';

test('features of a sound in pieces are those of the whole, however it is cut', async () => {
  const { samples, sampleRate } = await testSpeech();
  const whole = speechFeatures(samples, sampleRate);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: samples.length }), { maxLength: 30 }),
      fc.boolean(),
      (cuts, float) => {
        const stream = new SpeechFeatureStream(sampleRate);
        const places = [0, ...cuts.sort((x, y) => x - y), samples.length];
        for (let at = 1; at < places.length; at += 1) {
          const piece = samples.subarray(places[at - 1], places[at]);
          stream.push(float ? s16ToFloat(piece) : piece);
        }
        expect(stream.finish()).toEqual(whole);
      },
    ),
    { numRuns: 20 },
  );
});

test('features tell a frame each 10 ms, and speech from silence', () => {
  const tone = Float32Array.from({ length: 24_000 }, (_, i) => (i < 12_000 ? 0 : Math.sin(i / 4)));
  const { frames, rows } = speechFeatures(tone, 24_000);
  expect(frames).toBe(100);
  const level = (frame: number) => rows[frame * 27 + 26] ?? 0;
  expect(level(20)).toBeLessThan(5);
  expect(level(80)).toBeGreaterThan(200);
});

test('features that are packed come back as they were, and take 40 to 60 kB for 15 s', () => {
  const noise = Float32Array.from({ length: 15 * 24_000 }, (_, i) => Math.sin(i * i));
  const features = speechFeatures(noise, 24_000);
  const packed = packFeatures(features);
  expect(packed.length).toBeGreaterThan(40_000);
  expect(packed.length).toBeLessThan(60_000);
  expect(unpackFeatures(packed)).toEqual(features);
});

test.each([
  ['of another version', (packed: Uint8Array) => Uint8Array.of(99, ...packed.subarray(1))],
  ['cut short', (packed: Uint8Array) => packed.subarray(0, -1)],
  ['empty', () => new Uint8Array(0)],
  ['without a frame', (packed: Uint8Array) => packed.subarray(0, 1)],
])('packed features %s are not taken', (_, spoil) => {
  expect(unpackFeatures(spoil(packFeatures(speechFeatures(new Float32Array(2400), 24_000))))).toBeNull();
});
