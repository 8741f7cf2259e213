import { describe, expect, it } from 'vitest';
import { dbToGain, gainToDb, s16ToFloat } from './pcm.ts';
import { referenceTruePeak } from './testing/reference-meter.ts';
import { sine, testSpeech } from './testing/speech.ts';
import { truePeak, truePeakEnvelope } from './true-peak.ts';

describe('true peak', () => {
  // A sine of a quarter of the rate at 45 degrees never shows its peak in a sample: all stand 3.01 dB under it.
  it('finds a peak that lies between the samples', () => {
    const signal = sine(0.5, 48000, 12000, -6, Math.PI / 4);
    expect(gainToDb(Math.max(...signal))).toBeCloseTo(-9.01, 1);
    expect(Math.abs((truePeak(signal) ?? 0) - -6)).toBeLessThan(0.2);
  });

  for (const rate of [16000, 22050, 24000, 44100, 48000]) {
    for (const share of [0.01, 0.05, 0.1, 0.2, 0.3]) {
      it(`reads a sine of ${share} of ${rate} Hz within the ripple of four-fold oversampling`, () => {
        const signal = sine(0.5, rate, rate * share, -3.5, 0.7);
        const faded = signal.map((value, i) => value * Math.min(1, i / 2000, (signal.length - 1 - i) / 2000));
        const peak = truePeak(faded) ?? 0;
        // Annex 2, attachment 1: the most a peak is under-read at n-fold oversampling.
        const underRead = 20 * Math.log10(Math.cos((Math.PI * share) / 4));
        expect(peak).toBeLessThan(-3.5 + 0.05);
        expect(peak).toBeGreaterThan(-3.5 + underRead - 0.05);
      });
    }
  }

  it('reads speech as the reference does', async () => {
    const speech = await testSpeech();
    const signal = s16ToFloat(speech.samples);
    const reference = referenceTruePeak(signal, speech.sampleRate);
    expect(Math.abs((truePeak(signal) ?? 0) - reference)).toBeLessThan(0.1);
  });

  it('goes with the gain, is never under the sample peak, and says nothing of silence', async () => {
    const { samples } = await testSpeech('Short.');
    const signal = s16ToFloat(samples);
    const half = signal.map((value) => value / 2);
    expect((truePeak(signal) ?? 0) - (truePeak(half) ?? 0)).toBeCloseTo(6.0206, 3);
    expect(truePeak(signal)).toBeGreaterThanOrEqual(gainToDb(signal.reduce((top, v) => Math.max(top, Math.abs(v)), 0)));
    expect(truePeak(new Float32Array(1000))).toBeNull();
    expect(truePeak(new Float32Array(0))).toBeNull();
    expect(truePeak(Float32Array.of(0, Number.NaN, 0.5))).not.toBeNaN();
  });
});

describe('the envelope', () => {
  it('has the true peak as its highest value and misses nothing over the floor', async () => {
    const { samples } = await testSpeech();
    const signal = s16ToFloat(samples);
    const exact = truePeakEnvelope(signal, 0);
    const quick = truePeakEnvelope(signal, 0.2);
    expect(gainToDb(exact.reduce((top, v) => Math.max(top, v), 0))).toBeCloseTo(truePeak(signal) ?? 0, 4);
    expect(exact.some((value) => value > 0.2)).toBe(true);
    expect(quick.every((value, i) => value === exact[i] || (exact[i] ?? 0) <= dbToGain(-13.9))).toBe(true);
  });
});
