import { describe, expect, it } from 'vitest';
import type { Doubt } from '../schemas/alignment.ts';
import { seeded } from '../seeded.ts';
import { s16ToFloat } from '../sound/pcm.ts';
import { joined, testSpeech } from '../sound/testing/speech.ts';
import { alignTakes } from './align.ts';
import { type SpeechFeatures, speechFeatures } from './speech-features.ts';
import { mapTime } from './time-map.ts';

const TEXT =
  'The quick brown fox jumps over the lazy dog, while seven wizards make toast. After that they all went home in the rain, and nobody said a word until the next morning.';

type Manner = NonNullable<Parameters<typeof testSpeech>[1]>;

const features = ({ samples, sampleRate }: { samples: Int16Array; sampleRate: number }) =>
  speechFeatures(samples, sampleRate);

/** Where each word of one render is found in another one, less where it is, in ms. */
async function errors(a: Manner, b: Manner): Promise<number[]> {
  const [one, two] = [await testSpeech(TEXT, a), await testSpeech(TEXT, b)];
  const { map } = alignTakes(features(one), features(two));
  const there = new Map(two.words.map(({ at, time }) => [at, time]));
  return one.words.flatMap(({ at, time }) => {
    const true_ = there.get(at);
    return true_ === undefined ? [] : [Math.abs(mapTime(map, time) - true_) * 1000];
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

describe('a map between two renders', () => {
  it('never goes back, begins with the beginning and ends with the end', async () => {
    const a = features(await testSpeech('Good evening to you.'));
    const b = features(await testSpeech('Good evening to you.', { rate: 120 }));
    const { map } = alignTakes(a, b);
    expect(map.from.length).toBe(map.to.length);
    for (let i = 1; i < map.from.length; i += 1) {
      expect(map.from[i]).toBeGreaterThan(map.from[i - 1] ?? 0);
      expect(map.to[i]).toBeGreaterThanOrEqual(map.to[i - 1] ?? 0);
    }
    expect(mapTime(map, -1)).toBe(mapTime(map, 0));
    expect(mapTime(map, 0)).toBeCloseTo(0, 1);
    expect(mapTime(map, 1000)).toBeCloseTo((b.frames - 1) / 100, 1);
  });

  it('has few knots where the sounds run alike', async () => {
    const a = features(await testSpeech(TEXT));
    expect(alignTakes(a, a).map.from.length).toBeLessThan(20);
  });

  it('is found for silence, one sample and nothing at all', () => {
    const still = speechFeatures(new Float32Array(24_000), 24_000);
    const short = speechFeatures(new Float32Array(1), 24_000);
    const none = speechFeatures(new Float32Array(0), 24_000);
    const all: SpeechFeatures[] = [still, short, none];
    for (const a of all) {
      for (const b of all) {
        const { map } = alignTakes(a, b);
        expect([...map.from, ...map.to].every(Number.isFinite)).toBe(true);
        expect(map.from.length).toBeGreaterThan(0);
      }
    }
  });

  it('is as good for five minutes', async () => {
    const texts = Array.from({ length: 4 }, (_, i) => `${TEXT} That was number ${i + 1}.`);
    const long = async (manner: Manner) => {
      const said = await Promise.all(texts.map((text) => testSpeech(text, manner)));
      const pieces = Array.from({ length: 8 }, () => said).flat();
      const starts: number[] = [];
      let samples = 0;
      for (const piece of pieces) {
        starts.push(...piece.words.map(({ time }) => time + samples / piece.sampleRate));
        samples += piece.samples.length;
      }
      const sound = joined(...pieces.map((piece) => s16ToFloat(piece.samples)));
      return { features: speechFeatures(sound, pieces[0]?.sampleRate ?? 0), starts };
    };
    const [a, b] = [await long({}), await long({ rate: 140, gender: 2, pitch: 70 })];
    expect(a.features.frames).toBeGreaterThan(30_000);
    const { map } = alignTakes(a.features, b.features);
    expect(b.starts.length).toBe(a.starts.length);
    const off = a.starts.map((time, i) => Math.abs(mapTime(map, time) - (b.starts[i] ?? 0)) * 1000);
    expect(percentile(off, 0.5)).toBeLessThanOrEqual(8);
    expect(percentile(off, 0.95)).toBeLessThanOrEqual(30);
  });
});

describe('whether two renders say the same', () => {
  const OTHER: Manner = { gender: 2, rate: 150, pitch: 70 };
  const judged = async (text: string) =>
    alignTakes(features(await testSpeech(TEXT)), features(await testSpeech(text, OTHER)));

  it('is told of another voice at another rate and pitch', async () => {
    const { trusted, doubts } = await judged(TEXT);
    expect(doubts).toEqual([]);
    expect(trusted).toBe(true);
  });

  it.each<[string, string, string, Doubt['kind'] | null]>([
    ['a wrong word', 'wizards', 'pianists', null],
    ['a missing word', 'brown ', '', 'missing'],
    ['an added word', 'lazy', 'lazy yellow', 'added'],
    ['a word said twice', 'until', 'until until', 'added'],
  ])('is doubted with %s, where it is', async (_, word, instead, kind) => {
    const { trusted, doubts } = await judged(TEXT.replace(word, instead));
    expect(trusted).toBe(false);
    const { words } = await testSpeech(TEXT);
    const time = words.find(({ at }) => at === TEXT.indexOf(word))?.time ?? Number.NaN;
    const [doubt] = doubts;
    expect(doubts).toHaveLength(1);
    expect(doubt?.a.from).toBeLessThan(time + 0.4);
    expect(doubt?.a.to).toBeGreaterThan(time);
    if (kind !== null) expect(doubt?.kind).toBe(kind);
  });

  it('is doubted where most of it is missing, or nobody speaks, whichever comes first', async () => {
    const { samples, sampleRate } = await testSpeech(TEXT);
    const other = features(await testSpeech(TEXT, { gender: 2, rate: 200 }));
    const part = (from: number, to: number) =>
      speechFeatures(samples.slice(Math.round(from * samples.length), Math.round(to * samples.length)), sampleRate);
    const silence = speechFeatures(new Int16Array(samples.length), sampleRate);
    for (const less of [part(0, 0.3), part(0.7, 1), part(0, 0.1), silence]) {
      for (const whole of [part(0, 1), other]) {
        expect(alignTakes(whole, less)).toMatchObject({ trusted: false });
        expect(alignTakes(less, whole)).toMatchObject({ trusted: false });
      }
    }
  });

  it('is doubted of other texts, and of speech beside noise', async () => {
    const a = features(await testSpeech(TEXT));
    const b = features(await testSpeech('Please send the bill to the address at the bottom of the page.'));
    const random = seeded(1);
    const noise = speechFeatures(
      Float32Array.from({ length: 100_000 }, () => random() - 0.5),
      22_050,
    );
    expect(alignTakes(a, b).trusted).toBe(false);
    expect(alignTakes(a, noise).trusted).toBe(false);
  });
});
