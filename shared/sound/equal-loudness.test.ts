import { beforeAll, describe, expect, test } from 'vitest';
import { equalGains, type HeardLevel, HIGHEST_TRUE_PEAK, heardLevel, withGain } from './equal-loudness.ts';
import { measureLoudness } from './loudness.ts';
import { dbToGain, s16ToFloat } from './pcm.ts';
import { testSpeech } from './testing/speech.ts';
import { truePeak } from './true-peak.ts';

let speech: Float32Array;
let other: Float32Array;
let sampleRate: number;

beforeAll(async () => {
  const one = await testSpeech();
  const two = await testSpeech('The weather will stay mild until the weekend.', { gender: 2, rate: 210 });
  sampleRate = one.sampleRate;
  speech = s16ToFloat(one.samples);
  other = s16ToFloat(two.samples);
});

const times = (samples: Float32Array, db: number) => samples.map((sample) => sample * dbToGain(db));
const gainsOf = (...sounds: Float32Array[]) => equalGains(sounds.map((sound) => heardLevel(sound, sampleRate)));

describe('equal loudness', () => {
  test.each([0, -17, 6])('of two voices %i dB apart, the louder is attenuated to the quieter', (db) => {
    const louder = times(other, db);
    const { gains, by } = gainsOf(speech, louder);
    const after = [speech, louder].map((sound, index) => measureLoudness(times(sound, gains[index] ?? 0), sampleRate));
    expect(by).toBe('loudness');
    expect(Math.max(...gains)).toBeLessThanOrEqual(0);
    expect(Math.abs((after[0] ?? 0) - (after[1] ?? 99))).toBeLessThan(0.02);
  });

  test('a sound that is loud enough to clip is lowered with all others', () => {
    const { gains, lowered } = gainsOf(times(speech, 12), times(speech, 12));
    expect(lowered).toBeGreaterThan(0);
    expect(gains[0]).toBeCloseTo(gains[1] ?? 0, 9);
    expect(truePeak(times(speech, 12 + (gains[0] ?? 0)))).toBeCloseTo(HIGHEST_TRUE_PEAK, 2);
  });

  test('short sounds are made equal by what is spoken of them', () => {
    const start = Math.round(0.3 * sampleRate);
    const short = speech.slice(start, start + Math.round(0.25 * sampleRate));
    const padded = new Float32Array(2 * sampleRate);
    padded.set(times(short, 9), sampleRate);
    const { gains, by } = gainsOf(short, padded);
    expect(by).toBe('spoken');
    expect((gains[0] ?? 0) - (gains[1] ?? 0)).toBeCloseTo(9, 1);
  });

  test('nothing is changed where one of them is silent', () => {
    const { gains, by } = gainsOf(times(speech, -10), new Float32Array(sampleRate));
    expect(by).toBe('none');
    expect(gains).toEqual([0, 0]);
  });

  test('a level goes up and down with its gain', () => {
    const level: HeardLevel = heardLevel(speech, sampleRate);
    const raised = heardLevel(times(speech, 5), sampleRate);
    expect(withGain(level, 5).loudness).toBeCloseTo(raised.loudness ?? 0, 2);
    expect(withGain(level, 5).truePeak).toBeCloseTo(raised.truePeak ?? 0, 3);
    expect(withGain(level, 5).spoken).toBeCloseTo(raised.spoken ?? 0, 3);
    expect(raised.speech).toBe(level.speech);
  });

  test('of no sounds is nothing', () => {
    expect(equalGains([]).gains).toEqual([]);
  });
});
