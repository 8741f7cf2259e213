import { describe, expect, it } from 'vitest';
import { kWeighting, LoudnessMeter, measureLoudness } from './loudness.ts';
import { s16ToFloat } from './pcm.ts';
import { referenceLoudness } from './testing/reference-meter.ts';
import { atRate, joined, sine, testSpeech } from './testing/speech.ts';

const RATES = [16000, 22050, 24000, 44100, 48000];
const speech = await testSpeech();

describe('K-weighting', () => {
  it('gives the coefficients of the table in BS.1770-5 at 48 kHz', () => {
    const { shelf, highPass } = kWeighting(48000);
    expect(shelf.b0).toBeCloseTo(1.53512485958697, 9);
    expect(shelf.b1).toBeCloseTo(-2.69169618940638, 9);
    expect(shelf.b2).toBeCloseTo(1.19839281085285, 9);
    expect(shelf.a1).toBeCloseTo(-1.69065929318241, 9);
    expect(shelf.a2).toBeCloseTo(0.73248077421585, 9);
    expect(highPass.a1).toBeCloseTo(-1.99004745483398, 9);
    expect(highPass.a2).toBeCloseTo(0.99007225036621, 9);
  });
});

// After EBU Tech 3341, cases 1 to 5, in one channel: 3.01 LU less than its stereo signals of the same peak.
const SIGNALS: { name: string; make: (rate: number) => Float32Array; lufs: number }[] = [
  { name: '-23 dBFS', make: (rate) => sine(20, rate, 1000, -23), lufs: -26.01 },
  { name: '-33 dBFS', make: (rate) => sine(20, rate, 1000, -33), lufs: -36.01 },
  {
    name: 'quiet, loud, quiet (relative gate)',
    make: (rate) => joined(sine(10, rate, 1000, -36), sine(60, rate, 1000, -23), sine(10, rate, 1000, -36)),
    lufs: -26.01,
  },
  {
    name: 'with parts under the absolute gate',
    make: (rate) =>
      joined(
        sine(10, rate, 1000, -72),
        sine(10, rate, 1000, -36),
        sine(60, rate, 1000, -23),
        sine(10, rate, 1000, -36),
        sine(10, rate, 1000, -72),
      ),
    lufs: -26.01,
  },
  {
    name: 'two levels over both gates',
    make: (rate) => joined(sine(20, rate, 1000, -26), sine(20.1, rate, 1000, -20), sine(20, rate, 1000, -26)),
    lufs: -26.01,
  },
];

describe('integrated loudness', () => {
  for (const rate of RATES) {
    for (const { name, make, lufs } of SIGNALS) {
      it(`${name} at ${rate} Hz: the figure of Tech 3341, and what libebur128 says`, () => {
        const signal = make(rate);
        const got = measureLoudness(signal, rate);
        expect(Math.abs((got ?? 0) - lufs)).toBeLessThan(0.1);
        expect(Math.abs((got ?? 0) - referenceLoudness(signal, rate))).toBeLessThan(0.1);
      });
    }

    it(`speech at ${rate} Hz as libebur128 measures it`, () => {
      const signal = atRate(s16ToFloat(speech.samples), speech.sampleRate, rate);
      const got = measureLoudness(signal, rate);
      expect(Math.abs((got ?? 0) - referenceLoudness(signal, rate))).toBeLessThan(0.1);
    });
  }

  it('is the same whatever the pieces it comes in', () => {
    const signal = s16ToFloat(speech.samples);
    const meter = new LoudnessMeter(speech.sampleRate);
    for (let at = 0; at < signal.length; at += 128) meter.push(signal, at, Math.min(signal.length, at + 128));
    expect(meter.integrated()).toBe(measureLoudness(signal, speech.sampleRate));
  });

  it('follows a gain of 6 dB by 6 LU', () => {
    const signal = s16ToFloat(speech.samples);
    const half = signal.map((sample) => sample / 2);
    const difference =
      (measureLoudness(signal, speech.sampleRate) ?? 0) - (measureLoudness(half, speech.sampleRate) ?? 0);
    expect(difference).toBeCloseTo(6.02, 1);
  });

  it('says nothing under 0.4 s, of silence, and of what lies under the absolute gate', () => {
    expect(measureLoudness(sine(0.39, 48000, 1000, -20), 48000)).toBeNull();
    expect(measureLoudness(sine(0.4, 48000, 1000, -20), 48000)).not.toBeNull();
    expect(measureLoudness(new Float32Array(48000), 48000)).toBeNull();
    expect(measureLoudness(sine(2, 48000, 1000, -80), 48000)).toBeNull();
    expect(measureLoudness(new Float32Array(0), 48000)).toBeNull();
  });

  it('survives samples that are no numbers', () => {
    const signal = sine(3, 48000, 1000, -20);
    signal[10_000] = Number.NaN;
    signal[60_000] = Number.POSITIVE_INFINITY;
    expect(Math.abs((measureLoudness(signal, 48000) ?? 0) - -23.01)).toBeLessThan(1);
  });
});

describe('momentary loudness', () => {
  it('is that of the last 400 ms', () => {
    const meter = new LoudnessMeter(48000);
    meter.push(sine(0.3, 48000, 1000, -20));
    expect(meter.momentary()).toBeNull();
    meter.push(sine(1, 48000, 1000, -20));
    expect(meter.momentary()).toBeCloseTo(-23.01, 1);
    meter.push(sine(0.4, 48000, 1000, -40));
    expect(meter.momentary()).toBeLessThan(-40);
    meter.push(new Float32Array(48000));
    expect(meter.momentary()).toBeNull();
  });

  it('starts anew after a reset', () => {
    const meter = new LoudnessMeter(48000);
    meter.push(sine(1.05, 48000, 1000, -6));
    meter.reset();
    expect(meter.integrated()).toBeNull();
    const signal = sine(2, 48000, 1000, -20);
    meter.push(signal);
    expect(meter.integrated()).toBe(measureLoudness(signal, 48000));
  });
});
