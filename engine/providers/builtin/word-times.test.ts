import { afterAll, describe, expect, it } from 'vitest';
import { alignTakes } from '../../../shared/alignment/align.ts';
import { heardWords } from '../../../shared/alignment/heard-words.ts';
import { speechFeatures } from '../../../shared/alignment/speech-features.ts';
import { mapTime } from '../../../shared/alignment/time-map.ts';
import type { HeardWord } from '../../../shared/schemas/alignment.ts';
import { s16ToFloat } from '../../../shared/sound/pcm.ts';
import { testSpeech } from '../../../shared/sound/testing/speech.ts';
import { ask, openProvider, readAll } from './testing/speak.ts';

const { provider } = openProvider();
const { signal } = new AbortController();
afterAll(() => provider.close());

async function said(voice: string, text: string, speed = 1) {
  const stream = await provider.stream(ask(voice, text, { speed }), signal);
  const samples = await readAll(stream);
  const timings = stream.timings?.() ?? { characters: [], starts: [], ends: [] };
  return {
    samples,
    sampleRate: stream.sampleRate,
    seconds: samples.length / stream.sampleRate,
    timings,
    words: heardWords(text, timings),
  };
}

const names = (words: readonly HeardWord[]) => words.map(({ word }) => word).join(' ');

function expectOrder(words: readonly HeardWord[], seconds: number): void {
  for (const [i, { from, to }] of words.entries()) {
    expect(from).toBeGreaterThanOrEqual((words[i - 1]?.to ?? 0) - 1e-9);
    expect(to).toBeGreaterThan(from);
    expect(to).toBeLessThanOrEqual(seconds + 1e-9);
  }
}

/** The loudest sample from one time to another, in s, of full scale. */
function peak({ samples, sampleRate }: { samples: Int16Array; sampleRate: number }, from: number, to: number): number {
  const part = samples.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate));
  return part.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0) / 32_768;
}

describe.each(['espeak/en-us', 'kokoro/af_heart'])('the words of %s', (voice) => {
  it('are all told, those that are said as several or run together too', async () => {
    const text = 'Dr. Smith paid $3.50 for the well-known book of 1998, didn’t he? It wasn’t 50% off.';
    const { words, timings, seconds } = await said(voice, text);
    expect(names(words)).toBe('Dr Smith paid 3.50 for the well known book of 1998 didn’t he It wasn’t 50 off');
    expectOrder(words, seconds);
    expect(timings.characters.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    const lasts = (name: string) => {
      const word = words.find((candidate) => candidate.word === name);
      return (word?.to ?? 0) - (word?.from ?? 0);
    };
    for (const number of ['3.50', '1998']) expect(lasts(number)).toBeGreaterThan(2.5 * lasts('paid'));
  });

  it('lie where there is sound, and pauses between them', async () => {
    const spoken = await said(voice, 'Come here, everybody. [pause 1.5s] Nobody minds the long way home.');
    const { words, seconds } = spoken;
    expect(names(words)).toBe('Come here everybody Nobody minds the long way home');
    expectOrder(words, seconds);
    for (const { from, to } of words) expect(peak(spoken, from, to)).toBeGreaterThan(0.02);
    const [, here, everybody, nobody] = words;
    const pauses = [
      [here?.to ?? 0, everybody?.from ?? 0],
      [everybody?.to ?? 0, nobody?.from ?? 0],
    ] as const;
    for (const [from, to] of pauses) expect(peak(spoken, from + 0.02, to - 0.02)).toBeLessThan(0.02);
    expect(pauses[0][1] - pauses[0][0]).toBeGreaterThan(0.05);
    expect(pauses[1][1] - pauses[1][0]).toBeGreaterThan(1.5);
    expect(pauses[1][1] - pauses[1][0]).toBeLessThan(1.9);
  });

  it('come sooner when it speaks faster', async () => {
    const text = 'Nobody minds the long way home.';
    const [normal, fast] = [await said(voice, text), await said(voice, text, 1.5)];
    expect(names(fast.words)).toBe(names(normal.words));
    expect((normal.words.at(-1)?.from ?? 0) / (fast.words.at(-1)?.from ?? 1)).toBeGreaterThan(1.3);
  });
});

it.each([
  ['espeak/de', 'Größe 12, über 3,5 km.', 'Größe 12 über 3,5 km'],
  ['espeak/fr-fr', 'L’homme qu’il a vu aujourd’hui.', 'L’homme qu’il a vu aujourd’hui'],
  ['espeak/cmn', '今天天气很好。我们去公园。', '今天 天气 很好 我们 去 公园'],
  ['kokoro/ef_dora', '¿Cómo estás hoy? Son 25 euros.', 'Cómo estás hoy Son 25 euros'],
  ['kokoro/jf_alpha', 'こんにちは、きょうは。', 'こんにちは きょう は'],
  ['kokoro/zf_xiaobei', '今天天气很好。', '今天 天气 很好'],
])('%s tells them of %s', async (voice, text, expected) => {
  const { words, seconds } = await said(voice, text);
  expect(names(words)).toBe(expected);
  expectOrder(words, seconds);
});

it('eSpeak’s are those of the engine, to the ms', async () => {
  const text = 'Seven brave sailors crossed stormy waters, while my brother bought candles.';
  const truth = await testSpeech(text);
  const { words } = await said('espeak/en-us', text);
  expect(truth.words).toHaveLength(words.length);
  for (const [i, { at, time }] of truth.words.entries()) {
    expect(words[i]?.at).toBe(at);
    expect(words[i]?.from).toBeCloseTo(time, 6);
  }
});

it('Kokoro’s begin where the same words of eSpeak do, when the two are aligned', async () => {
  const texts = [
    'Seven brave sailors crossed stormy waters yesterday.',
    'My brother bought twelve yellow candles today.',
    'People laughed loudly because nobody danced well.',
  ];
  const off: number[] = [];
  for (const text of texts) {
    const truth = await testSpeech(text);
    for (const voice of ['kokoro/af_heart', 'kokoro/am_puck']) {
      const { samples, sampleRate, words } = await said(voice, text);
      const { map } = alignTakes(
        speechFeatures(s16ToFloat(truth.samples), truth.sampleRate),
        speechFeatures(s16ToFloat(samples), sampleRate),
      );
      expect(words).toHaveLength(truth.words.length);
      off.push(...words.map(({ from }, i) => Math.abs(from - mapTime(map, truth.words[i]?.time ?? 0))));
    }
  }
  off.sort((a, b) => a - b);
  expect(off[off.length >> 1]).toBeLessThan(0.03);
  expect(off[Math.floor(off.length * 0.85)]).toBeLessThan(0.06);
});
