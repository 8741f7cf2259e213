import { describe, expect, it } from 'vitest';
import { renderOffline } from '../sound/chain-offline.ts';
import { measureLoudness } from '../sound/loudness.ts';
import { s16ToFloat } from '../sound/pcm.ts';
import { testSpeech } from '../sound/testing/speech.ts';
import { heardThrough } from './heard-through.ts';
import { speechFrames } from './speech-frames.ts';
import { profileOf } from './voice-profile.ts';
import {
  mergedStatistics,
  noStatistics,
  packStatistics,
  statisticsOf,
  unpackStatistics,
  type VoiceStatistics,
} from './voice-statistics.ts';

const TEXT = 'A truck loaded with apples blocked the entrance to the tunnel. Nobody knew for how long.';
const SYLLABLES = 24;

function statistics(sound: Float32Array, sampleRate: number): VoiceStatistics {
  const facts = { syllables: SYLLABLES, loudness: measureLoudness(sound, sampleRate) };
  return statisticsOf(speechFrames(sound, sampleRate), facts);
}

async function spoken(manner: Parameters<typeof testSpeech>[1] = {}): Promise<VoiceStatistics> {
  const { samples, sampleRate } = await testSpeech(TEXT, manner);
  return statistics(s16ToFloat(samples), sampleRate);
}

describe('the profile of a voice', () => {
  it('is in units people know', async () => {
    const profile = profileOf(await spoken());
    expect(profile.pitch).toBeGreaterThan(80);
    expect(profile.pitch).toBeLessThan(140);
    expect(profile.pitchSpread).toBeGreaterThan(0.5);
    expect(profile.pitchSpread).toBeLessThan(6);
    // 175 words a minute.
    expect(profile.rate).toBeGreaterThan(3);
    expect(profile.rate).toBeLessThan(7);
    expect(profile.pauses).toBeGreaterThan(0.02);
    expect(profile.pauses).toBeLessThan(0.3);
    expect(profile.loudness).toBeGreaterThan(-40);
    expect(profile.loudnessRange).toBeGreaterThan(5);
    expect(profile.brightness).toBeGreaterThan(300);
    expect(profile.brightness).toBeLessThan(4000);
    expect(profile.clarity).toBeGreaterThan(3);
    // eSpeak's pauses are digital silence.
    expect(profile.noise).toBeGreaterThan(40);
  });

  it('tells what was changed: pitch, pace and level', async () => {
    const { samples, sampleRate } = await testSpeech(TEXT);
    const before = profileOf(statistics(s16ToFloat(samples), sampleRate));
    const sound = await renderOffline(samples, sampleRate, { speed: 1.25, pitch: 3, volume: -6 });
    const after = profileOf(statistics(sound, 48_000));
    expect(12 * Math.log2((after.pitch ?? 0) / (before.pitch ?? 1))).toBeCloseTo(3, 0);
    expect((after.rate ?? 0) / (before.rate ?? 1)).toBeCloseTo(1.25, 1);
    expect((after.loudness ?? 0) - (before.loudness ?? 0)).toBeCloseTo(-6, 0);
    expect(Math.abs((after.pauses ?? 0) - (before.pauses ?? 0))).toBeLessThan(0.05);
  });

  it('has nothing to say of silence, and no pace without a text', async () => {
    const silence = profileOf(
      statisticsOf(speechFrames(new Float32Array(48_000), 48_000), { syllables: null, loudness: null }),
    );
    expect(silence).toEqual({
      seconds: 0,
      pitch: null,
      pitchSpread: null,
      rate: null,
      pauses: null,
      loudness: null,
      loudnessRange: null,
      brightness: null,
      clarity: null,
      noise: null,
    });
    expect(profileOf(noStatistics()).seconds).toBe(0);
  });

  it('is that of its takes together', async () => {
    const [one, other] = [await spoken(), await spoken({ pitch: 80 })];
    const both = profileOf(mergedStatistics([one, other]));
    const [first, second] = [profileOf(one), profileOf(other)];
    expect(both.seconds).toBeCloseTo(first.seconds + second.seconds, 6);
    expect(both.pitch).toBeGreaterThan(first.pitch ?? 0);
    expect(both.pitch).toBeLessThan(second.pitch ?? 0);
    expect(profileOf(mergedStatistics([one, one])).brightness).toBeCloseTo(first.brightness ?? 0, 6);
    expect(profileOf(mergedStatistics([one, one])).pitch).toBeCloseTo(first.pitch ?? 0, 6);
  });

  it('as it is heard through the studio is that of the sound that the studio makes', async () => {
    const { samples, sampleRate } = await testSpeech(TEXT);
    const studio = { speed: 0.8, pitch: -2, volume: 3 };
    const sound = await renderOffline(samples, sampleRate, studio);
    const real = profileOf(statistics(sound, 48_000));
    const told = profileOf(heardThrough(statistics(s16ToFloat(samples), sampleRate), studio));
    expect(12 * Math.log2((told.pitch ?? 0) / (real.pitch ?? 1))).toBeCloseTo(0, 0);
    expect((told.rate ?? 0) / (real.rate ?? 1)).toBeCloseTo(1, 1);
    expect((told.loudness ?? 0) - (real.loudness ?? 0)).toBeCloseTo(0, 0);
  });
});

describe('statistics', () => {
  it('come back as they were kept, and not from another version', async () => {
    const own = await spoken();
    const packed = packStatistics(own);
    expect(unpackStatistics(packed)).toEqual(own);
    const other = packed.slice();
    new Float64Array(other.buffer)[0] = 99;
    expect(unpackStatistics(other)).toBeNull();
    expect(unpackStatistics(packed.slice(8))).toBeNull();
    expect(unpackStatistics(new Uint8Array(0))).toBeNull();
  });
});
