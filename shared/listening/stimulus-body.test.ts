import { expect, it } from 'vitest';
import { s16ToBytes } from '../sound/pcm.ts';
import { flipTo, placeAt, placeBytes, readStimulus, sampleAt, stimulusBytes } from './stimulus-body.ts';

const SAMPLES = 4800;

function body(): Uint8Array {
  const samples = Int16Array.from({ length: SAMPLES }, (_, at) => (at * 7) % 3000);
  const places = Float32Array.from({ length: 10 }, (_, frame) => frame * 0.02);
  const bytes = new Uint8Array(stimulusBytes(SAMPLES));
  bytes.set(s16ToBytes(samples));
  bytes.set(placeBytes(places), SAMPLES * 2);
  return bytes;
}

it('is taken apart into samples and places', () => {
  // Also where it lies within other memory.
  const around = new Uint8Array(stimulusBytes(SAMPLES) + 3);
  around.set(body(), 3);
  for (const bytes of [body(), around.subarray(3)]) {
    const sound = readStimulus(bytes, SAMPLES);
    expect(sound?.samples).toHaveLength(SAMPLES);
    expect(sound?.samples[400]).toBe(2800);
    expect(sound?.places[3]).toBeCloseTo(0.06, 6);
  }
});

it('is refused where its parts are not as long as they say', () => {
  expect(readStimulus(body().subarray(1), SAMPLES)).toBeNull();
  expect(readStimulus(body(), SAMPLES - 480)).toBeNull();
  for (const samples of [0, -480, 4799, Number.NaN]) expect(readStimulus(body(), samples)).toBeNull();
});

it('finds places between frames, and goes to the ends beyond them', () => {
  const places = Float32Array.of(0, 0.125, 0.125, 0.5, 0.625);
  expect(placeAt({ places }, 240)).toBe(0.0625);
  expect(placeAt({ places }, -5)).toBe(0);
  expect(placeAt({ places }, 1e9)).toBe(0.625);
  expect(sampleAt({ places }, 0.3125)).toBe(1200);
  expect(sampleAt({ places }, 0.125)).toBe(480);
  expect(sampleAt({ places }, -1)).toBe(0);
  expect(sampleAt({ places }, 9)).toBe(4 * 480);
});

it('flips to the same place and back', () => {
  const from = { places: Float32Array.of(0, 0.01, 0.02, 0.03, 0.04) };
  const to = { places: Float32Array.of(0, 0.02, 0.04, 0.06, 0.08) };
  expect(flipTo(from, 960, to)).toBe(480);
  expect(flipTo(to, 480, from)).toBe(960);
});
