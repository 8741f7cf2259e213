import { describe, expect, it } from 'vitest';
import { limitTruePeak } from './limiter.ts';
import { dbToGain, gainToDb, s16ToFloat } from './pcm.ts';
import { referenceTruePeak } from './testing/reference-meter.ts';
import { atRate, sine, testSpeech } from './testing/speech.ts';
import { truePeak } from './true-peak.ts';

const speech = await testSpeech();
const sound = s16ToFloat(speech.samples);
const loud = sound.map((sample) => sample * 2);

describe('the limiter', () => {
  for (const rate of [16000, 24000, 44100, 48000]) {
    it(`keeps speech at ${rate} Hz under the ceiling, by its own meter and by the reference`, () => {
      const { samples, reduction } = limitTruePeak(atRate(loud, speech.sampleRate, rate), rate, -1);
      expect(truePeak(samples)).toBeLessThanOrEqual(-1);
      expect(truePeak(samples)).toBeGreaterThan(-1.5);
      expect(referenceTruePeak(samples, rate)).toBeLessThan(-0.9);
      expect(reduction).toBeGreaterThan(1);
    });
  }

  it('leaves what is under the ceiling exactly as it is', () => {
    const quiet = sound.map((sample) => sample * 0.5);
    const { samples, reduction } = limitTruePeak(quiet, speech.sampleRate, -1);
    expect(samples).toEqual(quiet);
    expect(reduction).toBe(0);
  });

  it('takes the gain down around a peak only, and brings it back', () => {
    const signal = sine(2, 48000, 200, -12).map((sample, i) => (i > 48000 && i < 48240 ? sample * 6 : sample));
    const { samples } = limitTruePeak(signal, 48000, -1);
    // Until the look-ahead before the peak, and half a second of release after it.
    expect(samples.subarray(0, 47800)).toEqual(signal.subarray(0, 47800));
    const after = [...samples.subarray(80_000)].map((sample, i) => Math.abs(sample - (signal[80_000 + i] ?? 0)));
    expect(Math.max(...after)).toBeLessThan(dbToGain(-50));
  });

  it('takes no more than it must, also where the sound begins with its peak', () => {
    const signal = sine(2, 48000, 300, 1).map((sample, i) => (i > 400 ? sample / 5 : sample));
    const { samples, reduction } = limitTruePeak(signal, 48000, -1);
    expect(truePeak(samples)).toBeLessThanOrEqual(-1);
    expect(reduction).toBeLessThan(2.3);
  });

  it('changes the gain without a jump', () => {
    const steady = new Float32Array(48000).fill(0.5);
    for (let i = 20_000; i < 20_100; i += 1) steady[i] = 1.4;
    const { samples } = limitTruePeak(steady, 48000, -1);
    const gains = [...samples].map((sample, i) => sample / (steady[i] ?? 1));
    const steps = gains.slice(1).map((gain, i) => Math.abs(gain - (gains[i] ?? gain)));
    expect(Math.max(...steps)).toBeLessThan(0.01);
    expect(gainToDb(Math.min(...gains))).toBeLessThan(-3);
  });

  it('has nothing to do with silence or nothing', () => {
    expect(limitTruePeak(new Float32Array(100), 48000, -1).reduction).toBe(0);
    expect(limitTruePeak(new Float32Array(0), 48000, -1).samples).toHaveLength(0);
  });
});
