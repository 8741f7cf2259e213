import { describe, expect, it } from 'vitest';
import { s16ToFloat } from '../sound/pcm.ts';
import { testSpeech } from '../sound/testing/speech.ts';
import { speechFeatures } from './speech-features.ts';
import { timeWarp, warped } from './time-warp.ts';

const TEXT =
  'The quick brown fox jumps over the lazy dog, while seven wizards make toast. After that they all went home in the rain, and nobody said a word until the next morning.';

type Manner = NonNullable<Parameters<typeof testSpeech>[1]>;

/** Where each word of one render is found in another one, less where it is, in ms. */
async function errors(a: Manner, b: Manner): Promise<number[]> {
  const [one, two] = [await testSpeech(TEXT, a), await testSpeech(TEXT, b)];
  const features = ({ samples, sampleRate }: typeof one) => speechFeatures(s16ToFloat(samples), sampleRate);
  const warp = timeWarp(features(one), features(two));
  const there = new Map(two.words.map(({ at, time }) => [at, time]));
  return one.words.flatMap(({ at, time }) => {
    const true_ = there.get(at);
    return true_ === undefined ? [] : [Math.abs(warped(warp, time) - true_) * 1000];
  });
}

const percentile = (values: readonly number[], part: number) =>
  [...values].sort((x, y) => x - y)[Math.ceil(part * values.length) - 1] ?? Number.NaN;

describe('two renders of one text', () => {
  it('are aligned to themselves at every time', async () => {
    expect(Math.max(...(await errors({}, {})))).toBeLessThan(1);
  });

  it.each<[string, Manner]>([
    ['a slower rate', { rate: 125 }],
    ['a faster rate', { rate: 240 }],
    ['a higher voice', { pitch: 80 }],
    ['a lower voice', { pitch: 20 }],
    ['another accent', { voice: 'en-gb-scotland' }],
    ['a female voice', { gender: 2 }],
  ])('are aligned within some ms of the true beginnings of words with %s', async (_, manner) => {
    const found = await errors({}, manner);
    expect(found.length).toBeGreaterThan(25);
    expect(percentile(found, 0.5)).toBeLessThanOrEqual(8);
    expect(percentile(found, 0.9)).toBeLessThanOrEqual(25);
  });

  it('are aligned where voice, rate and pitch are all others', async () => {
    const found = await errors({ rate: 140 }, { voice: 'en-gb-scotland', gender: 2, rate: 210, pitch: 75 });
    expect(percentile(found, 0.5)).toBeLessThanOrEqual(10);
    expect(percentile(found, 0.9)).toBeLessThanOrEqual(30);
  });
});

it('never goes back, begins with the beginning and ends with the end', async () => {
  const { samples, sampleRate } = await testSpeech('Good evening to you.');
  const other = await testSpeech('Good evening to you.', { rate: 120 });
  const a = speechFeatures(s16ToFloat(samples), sampleRate);
  const b = speechFeatures(s16ToFloat(other.samples), other.sampleRate);
  const warp = timeWarp(a, b);
  expect(warp.times.length).toBe(a.frames);
  for (let i = 1; i < warp.times.length; i += 1) expect(warp.times[i]).toBeGreaterThanOrEqual(warp.times[i - 1] ?? 0);
  expect(warped(warp, -1)).toBe(warped(warp, 0));
  expect(warped(warp, 1000)).toBeCloseTo((b.frames - 1) / 100, 1);
});

it('takes silence, one sample and nothing at all', () => {
  const still = speechFeatures(new Float32Array(24_000), 24_000);
  const short = speechFeatures(new Float32Array(1), 24_000);
  const none = speechFeatures(new Float32Array(0), 24_000);
  for (const features of [still, short, none]) expect(features.values.every(Number.isFinite)).toBe(true);
  expect(timeWarp(short, still).times).toHaveLength(1);
  expect(Number.isFinite(timeWarp(none, none).cost)).toBe(true);
});
