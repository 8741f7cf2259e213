import { beforeAll, describe, expect, it } from 'vitest';
import { NEUTRAL_STUDIO } from '../controls/controls.ts';
import { renderOffline } from '../sound/chain-offline.ts';
import { s16ToFloat } from '../sound/pcm.ts';
import { convertRate } from '../sound/rate-converter.ts';
import { testSpeech } from '../sound/testing/speech.ts';
import { inverted, matrix, quadratic } from './matrix.ts';
import { FRAME_BANDS, speechFrames } from './speech-frames.ts';
import { placedVoice, VoiceSpace } from './voice-space.ts';
import { statisticsOf, type VoiceStatistics } from './voice-statistics.ts';

const LINES = [
  'The quick judge measured each bright jewel with a thin golden ring.',
  'Why would you choose to fly so far above the rough and foggy southern shore?',
  'They usually enjoy a few warm pancakes with honey before going to work.',
];
const SAID = 'Thank you for calling, your order will be delivered on Thursday morning by the southern gate.';
/** eSpeak's variants differ in their formants. */
const VOICES = [
  { gender: 1, variant: 1 },
  { gender: 1, variant: 4 },
  { gender: 2, variant: 1 },
  { gender: 2, variant: 3 },
  { gender: 2, variant: 4 },
];

async function spoken(text: string, voice: (typeof VOICES)[number]) {
  return await testSpeech(text, voice);
}

const NOTHING = { syllables: null, loudness: null };
const heard = (sound: Float32Array, sampleRate: number): VoiceStatistics =>
  statisticsOf(speechFrames(sound, sampleRate), NOTHING);

describe('the space of voices', () => {
  let voices: { takes: VoiceStatistics[] }[];
  let space: VoiceSpace;

  beforeAll(async () => {
    voices = [];
    for (const voice of VOICES) {
      const takes = [];
      for (const line of LINES) {
        const { samples, sampleRate } = await spoken(line, voice);
        takes.push(heard(s16ToFloat(samples), sampleRate));
      }
      voices.push({ takes });
    }
    space = new VoiceSpace(voices);
  });

  const nearest = (target: VoiceStatistics) => {
    const distances = space.distances(target, voices.map(placedVoice));
    return distances.indexOf(Math.min(...distances));
  };

  it('finds a voice again in what it did not say before', async () => {
    for (const [place, voice] of VOICES.entries()) {
      const { samples, sampleRate } = await spoken(SAID, voice);
      expect(nearest(heard(s16ToFloat(samples), sampleRate))).toBe(place);
    }
  });

  it('finds it faster, higher and softer too', async () => {
    for (const [place, voice] of VOICES.entries()) {
      const { samples, sampleRate } = await spoken(SAID, voice);
      const sound = await renderOffline(samples, sampleRate, { speed: 1.2, pitch: 3, volume: -5 });
      expect(nearest(heard(sound, 48_000))).toBe(place);
    }
  });

  it('finds it on the telephone, where half of the bands are missing', async () => {
    for (const [place, voice] of VOICES.entries()) {
      const { samples, sampleRate } = await spoken(SAID, voice);
      const narrow = convertRate(await renderOffline(samples, sampleRate, NEUTRAL_STUDIO), 8000);
      const target = heard(narrow, 8000);
      expect(target.carried).toBeLessThan(FRAME_BANDS);
      expect(nearest(target)).toBe(place);
    }
  });

  it('has the same at no distance, whatever its level', () => {
    const [own] = voices as [(typeof voices)[number]];
    const [take] = own.takes as [VoiceStatistics];
    expect(new VoiceSpace(voices).distance(take, placedVoice({ takes: [take] }))).toBeCloseTo(0, 6);
  });

  it('can do with one voice, with one take each, and with none', () => {
    const [first, second] = voices as [(typeof voices)[number], (typeof voices)[number]];
    const [take] = first.takes as [VoiceStatistics];
    for (const known of [[first], voices.map(({ takes }) => ({ takes: takes.slice(0, 1) })), []]) {
      const own = new VoiceSpace(known);
      const near = own.distance(take, placedVoice(first));
      expect(near).toBeLessThan(own.distance(take, placedVoice(second)));
      expect(Number.isFinite(near)).toBe(true);
    }
  });

  it('puts silence nowhere near', () => {
    const silence = heard(new Float32Array(24_000), 24_000);
    for (const distance of space.distances(silence, voices.map(placedVoice))) expect(distance).toBeGreaterThan(2);
  });
});

describe('the inverse of a matrix', () => {
  it('gives the unit matrix with it', () => {
    const own = matrix(3);
    own.values.set([4, 1, 0.5, 1, 3, -0.2, 0.5, -0.2, 2]);
    const { values } = inverted(own);
    for (let i = 0; i < 3; i += 1) {
      for (let j = 0; j < 3; j += 1) {
        let sum = 0;
        for (let k = 0; k < 3; k += 1) sum += (own.values[i * 3 + k] as number) * (values[k * 3 + j] as number);
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    }
    expect(quadratic(own, Float64Array.of(1, 2, 3))).toBeCloseTo(4 + 4 + 3 + 12 - 2.4 + 18, 12);
  });

  it('is refused where there is none', () => {
    const own = matrix(2);
    own.values.set([1, 2, 2, 1]);
    expect(() => inverted(own)).toThrow(RangeError);
  });
});
