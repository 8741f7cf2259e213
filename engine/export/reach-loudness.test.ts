import { expect, it } from 'vitest';
import { s16ToFloat } from '../../shared/sound/pcm.ts';
import { referenceLoudness, referenceTruePeak } from '../../shared/sound/testing/reference-meter.ts';
import { atRate, sine, testSpeech } from '../../shared/sound/testing/speech.ts';
import { reachLoudness } from './reach-loudness.ts';

const speech = await testSpeech();
const RATE = 48_000;
const sound = atRate(s16ToFloat(speech.samples), speech.sampleRate, RATE);

for (const target of [-16, -19, -23]) {
  it(`brings speech to ${target} LUFS, or says that it could not, with its peaks under -1 dB`, () => {
    const { samples, notes } = reachLoudness(sound, RATE, target);
    const reached = Math.abs(referenceLoudness(samples, RATE) - target) < 0.2;
    expect(reached).toBe(!notes.some((note) => note.includes('not reached')));
    expect(referenceTruePeak(samples, RATE)).toBeLessThanOrEqual(-1);
  });
}

it('needs no limiter where gain is enough, and is exactly that gain', () => {
  const { samples, gain, notes } = reachLoudness(sound, RATE, -23);
  expect(notes).toEqual([]);
  const factor = 10 ** (gain / 20);
  expect(samples).toEqual(sound.map((sample) => sample * factor));
});

it('limits what goes a little over, and still reaches the target', () => {
  // Peaks of 5 dB over the rest, twice a second.
  const signal = sine(6, RATE, 300, -18).map((sample, i) => (i % 24_000 < 400 ? sample * 5 : sample));
  const target = -16;
  const { samples, notes } = reachLoudness(signal, RATE, target);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toContain('limiter');
  expect(Math.abs(referenceLoudness(samples, RATE) - target)).toBeLessThan(0.2);
  expect(referenceTruePeak(samples, RATE)).toBeLessThanOrEqual(-1);
});

it('stays quieter where the peaks would need more than 3 dB of limiting, and says so', () => {
  const signal = sine(6, RATE, 300, -40).map((sample, i) => (i % 24_000 < 100 ? sample * 60 : sample));
  const { samples, notes } = reachLoudness(signal, RATE, -16);
  expect(notes.some((note) => note.includes('not reached'))).toBe(true);
  expect(referenceLoudness(samples, RATE)).toBeLessThan(-16.2);
  expect(referenceTruePeak(samples, RATE)).toBeLessThanOrEqual(-1);
});

it('leaves alone what cannot be measured, and says so', () => {
  for (const signal of [new Float32Array(RATE), sine(0.3, RATE, 300, -20)]) {
    const { samples, gain, notes } = reachLoudness(signal, RATE, -16);
    expect(samples).toEqual(signal);
    expect(gain).toBe(0);
    expect(notes).toHaveLength(1);
  }
});
