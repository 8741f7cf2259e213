import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { heardWords } from '../../shared/alignment/heard-words.ts';
import type { CharacterTimings } from '../../shared/schemas/take.ts';
import { testSpeech } from '../../shared/sound/testing/speech.ts';
import { type Aligner, createAligner } from '../alignment/aligner.ts';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { draftOf, endOf, firstProject, ramp, TEST_RATE, temporaryFolder } from '../library/test-library.ts';
import { openProvider } from '../providers/builtin/testing/speak.ts';
import { hear, WithPeer } from '../providers/elevenlabs/testing/with-peer.ts';
import { createWordFinder, onsetIn, type WordFinder } from './word-finder.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const peers = new WithPeer();
const { provider: builtin } = openProvider();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;
let aligner: Aligner;
let finder: WordFinder;

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder });
  aligner = createAligner(() => library);
  finder = createWordFinder({ library: () => library, builtin, aligner });
});
afterEach(async () => {
  await finder.close();
  await aligner.close();
  await library.close();
  await folder.remove();
  await peers.close();
});
afterAll(() => builtin.close());

interface Told {
  timings?: CharacterTimings | null;
  language?: string;
  samples?: Int16Array;
  sampleRate?: number;
}

async function take(text: string, { timings = null, language = 'en', samples = ramp(0, 4800), sampleRate }: Told) {
  const rate = sampleRate ?? TEST_RATE;
  const draft = draftOf(firstProject(library), { text, language, sampleRate: rate });
  const writer = await library.beginTake(draft, null);
  await writer.append(samples);
  return await writer.finish({ ...endOf(), sampleRate: rate, timings });
}

it('tells the words as the provider timed them, in the text as it was asked for', async () => {
  const text = 'It’s  [laughs] <b>fine</b>.';
  const characters = [..."It's fine."];
  const timings = { characters, starts: characters.map((_, i) => i), ends: characters.map((_, i) => i + 1) };
  const { id } = await take(text, { timings });
  expect(await finder.words(id)).toEqual({
    source: 'told',
    trusted: true,
    words: [
      { word: 'It’s', at: 0, end: 4, from: 0, to: 4 },
      { word: 'fine', at: text.indexOf('fine'), end: text.indexOf('fine') + 4, from: 5, to: 9 },
    ],
  });
});

it('says that there is no such take, or that it has no text', async () => {
  await expect(finder.words(crypto.randomUUID())).rejects.toMatchObject({ fault: { code: 'not_found' } });
  const { id } = await take('', {});
  await expect(finder.words(id)).rejects.toMatchObject({
    fault: { code: 'not_found', message: expect.stringContaining('no text') },
  });
});

it('finds all words of a text in what ElevenLabs tells of it, in order and within the sound', async () => {
  const { provider } = peers.provider(await peers.peer());
  const text = 'Well, [pause 1s] it’s the first part. And [laughs] 42 more!';
  const { stream, seconds } = await hear(provider, { text, parameters: { timings: true } });
  const words = heardWords(text, stream?.timings?.() ?? { characters: [], starts: [], ends: [] });
  expect(words.map(({ word }) => word)).toEqual('Well it’s the first part And 42 more'.split(' '));
  for (const [i, { from, to }] of words.entries()) {
    expect(from).toBeGreaterThanOrEqual(words[i - 1]?.to ?? 0);
    expect(to).toBeLessThanOrEqual(seconds + 0.001);
  }
  expect((words[1]?.from ?? 0) - (words[0]?.to ?? 0)).toBeGreaterThan(1);
});

it('counts a word after a pause that the take alone makes from the end of that pause', () => {
  const map = { from: [0, 1.05, 1.06, 2], to: [0, 1.05, 1.76, 2.7] };
  expect(onsetIn(map, 0.5)).toBeCloseTo(0.5);
  expect(onsetIn(map, 1)).toBeCloseTo(1.7);
  expect(onsetIn(map, 1.5)).toBeCloseTo(2.2);
});

describe('a take of which nothing was told', () => {
  /** Another voice than the one that reads, with silence around it. */
  async function speak(text: string, voice: string, language: string) {
    const { samples, sampleRate, words } = await testSpeech(text, {
      voice,
      rate: 150,
      pitch: 70,
      gender: 2,
      variant: 3,
    });
    const lead = Math.round(0.5 * sampleRate);
    const sound = new Int16Array(samples.length + 2 * lead);
    sound.set(samples, lead);
    const { id } = await take(text, { language, samples: sound, sampleRate });
    return { id, truth: words.map(({ at, time }) => ({ at, time: time + 0.5 })), seconds: sound.length / sampleRate };
  }

  it.each([
    ['en-us', 'en-GB', 'Seven brave sailors crossed stormy waters, and nobody danced. Twelve candles burned.'],
    ['es', 'es', 'Mañana vamos a la playa con mis hermanos. El perro duerme en la cocina.'],
    ['de', 'de', 'Morgen gehen wir mit den Kindern an den Strand. Der Hund schläft in der Küche.'],
  ])('is aligned with a reading of its text: %s', async (voice, language, text) => {
    const { id, truth, seconds } = await speak(text, voice, language);
    const { words, source } = await finder.words(id);
    expect(source).toBe('aligned');
    expect(words.map(({ word }) => word)).toEqual(text.match(/[\p{L}]+/gu));
    const off = truth.map(({ at, time }) => Math.abs((words.find((word) => word.at === at)?.from ?? 0) - time));
    off.sort((a, b) => a - b);
    expect(off[off.length >> 1]).toBeLessThan(0.03);
    expect(off[Math.floor(off.length * 0.9)]).toBeLessThan(0.08);
    expect(words[0]?.from).toBeGreaterThan(0.4);
    expect(words.at(-1)?.to).toBeLessThan(seconds - 0.3);
  });

  it('is looked at once', async () => {
    const { id } = await speak('Good morning to everybody.', 'en-us', 'en-US');
    const [first, second] = await Promise.all([finder.words(id), finder.words(id)]);
    expect(second).toBe(first);
    expect(await finder.words(id)).toBe(first);
  });

  it('has no words while it is made, and none in a language that nobody reads', async () => {
    const writer = await library.beginTake(draftOf(firstProject(library), { id: ID }), null);
    await expect(finder.words(ID)).rejects.toMatchObject({ fault: { code: 'conflict' } });
    await writer.append(ramp(0, 4800));
    await writer.finish(endOf());
    const { id } = await take('Good morning.', { language: 'xx' });
    await expect(finder.words(id)).rejects.toMatchObject({ fault: { code: 'not_found' } });
  });
});
