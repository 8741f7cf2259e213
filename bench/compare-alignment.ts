import { alignTakes } from '../shared/alignment/align.ts';
import { packFeatures, unpackFeatures } from '../shared/alignment/pack-features.ts';
import { speechFeatures } from '../shared/alignment/speech-features.ts';
import { s16ToFloat } from '../shared/sound/pcm.ts';
import { joined, testSpeech } from '../shared/sound/testing/speech.ts';
import { errorFigures, percentile, wordErrors } from './compare-alignment-accuracy.ts';
import { espeakSpeech, KokoroSpeech, type Manner, type Spoken, throughStudio } from './compare-alignment-speech.ts';
import { EDITS, edited, SENTENCES } from './compare-alignment-texts.ts';
import { Doubted } from './compare-alignment-trust.ts';
import type { Figure } from './figure.ts';

const BASE: Manner = {};
/** One thing changed: variant, accent, rate (0.7 to 1.4 of 175 words per minute) or pitch. */
const ONE: readonly Manner[] = [
  { gender: 2 },
  { gender: 1, variant: 3 },
  { voice: 'en-us-nyc' },
  { voice: 'en-gb-x-gbclan' },
  { rate: 122 },
  { rate: 245 },
  { pitch: 20 },
  { pitch: 85 },
];
/** Voice, rate and pitch all changed. */
const ALL: readonly Manner[] = [
  { voice: 'en-us-nyc', gender: 2, rate: 130, pitch: 75 },
  { voice: 'en-gb-x-gbcwmd', gender: 1, rate: 235, pitch: 30 },
  { voice: 'en-gb-x-gbclan', gender: 2, variant: 2, rate: 150, pitch: 60 },
  { voice: 'en-us', gender: 2, variant: 4, rate: 210, pitch: 40 },
];
/** Voices of Kokoro that neither network was shown: two of each sex. */
const VOICES = ['af_nova', 'am_onyx', 'af_aoede', 'am_echo'];
/** What the studio makes of a take in the last kind of pairs. */
const STUDIO = { speed: 1.3, pitch: 3 };

const KINDS = {
  one: 'eSpeak with one thing changed',
  all: 'eSpeak with all changed',
  kokoro: 'Kokoro to Kokoro',
  studio: 'Kokoro to Kokoro at tempo 1.3 and +3 st',
  engines: 'eSpeak to Kokoro',
} as const;

/** The list's element of a number, round and round. */
const turn = <T>(list: readonly T[], at: number) => list[at % list.length] as T;

async function espeakPairs(doubted: Doubted): Promise<Figure[]> {
  const errors = { one: [] as number[], all: [] as number[] };
  for (const [at, text] of SENTENCES.entries()) {
    const base = await espeakSpeech(text, BASE);
    for (const [kind, manners] of [
      ['one', ONE],
      ['all', ALL],
    ] as const) {
      for (const more of [0, 1, 2]) {
        const other = await espeakSpeech(text, turn(manners, at + 3 * more));
        errors[kind].push(...wordErrors(base, other));
        doubted.judge(KINDS[kind], null, base, other);
      }
      for (const [place, edit] of EDITS.entries()) {
        const wrong = edited(text, edit, 100 * at + place);
        if (wrong === null) continue;
        doubted.judge(KINDS[kind], edit, base, await espeakSpeech(wrong, turn(manners, at + place)), place % 2 === 1);
      }
    }
  }
  const far = { ms: 50, percent: 0.7 };
  return [
    ...errorFigures(KINDS.one, errors.one, { median: 4, p95: 10, far }),
    ...errorFigures(KINDS.all, errors.all, { median: 5, p95: 16, far }),
  ];
}

async function kokoroPairs(doubted: Doubted): Promise<Figure[]> {
  const kokoro = new KokoroSpeech();
  const errors = { kokoro: [] as number[], studio: [] as number[], engines: [] as number[] };
  try {
    for (const [at, text] of SENTENCES.entries()) {
      // By turns the other sex and the same one.
      const a = await kokoro.say(text, turn(VOICES, at));
      const b = await kokoro.say(text, turn(VOICES, at + 1 + (at % 2)), 0.9 + (at % 4) / 10);
      const faster = await throughStudio(b, STUDIO);
      const espeak = await espeakSpeech(text, turn([BASE, { gender: 2 }], at));
      const pairs: ['kokoro' | 'studio' | 'engines', Spoken, Spoken][] = [
        ['kokoro', a, b],
        ['studio', a, faster],
        ['engines', espeak, a],
        ['engines', espeak, b],
      ];
      for (const [kind, one, other] of pairs) {
        errors[kind].push(...wordErrors(one, other));
        doubted.judge(KINDS[kind], null, one, other);
      }
      for (const more of [0, 1]) {
        const edit = turn(EDITS, 2 * at + more);
        const wrong = edited(text, edit, 1000 + 10 * at + more);
        if (wrong === null) continue;
        const said = await kokoro.say(wrong, turn(VOICES, at + 2 + more), 1.2 - (at % 4) / 10);
        for (const right of [a, b]) doubted.judge(KINDS.kokoro, edit, right, said, more === 1);
        doubted.judge(KINDS.studio, edit, a, await throughStudio(said, STUDIO), more === 1);
        doubted.judge(KINDS.engines, edit, espeak, said, more === 1);
      }
    }
  } finally {
    await kokoro.close();
  }
  return [
    ...errorFigures(KINDS.kokoro, errors.kokoro, { median: 8, p95: 20 }),
    ...errorFigures(KINDS.studio, errors.studio, { median: 8, p95: 20 }),
    ...errorFigures(`${KINDS.engines}, constant offset taken out`, errors.engines, {
      p95: 40,
      far: { ms: 250, percent: 0 },
      unbiased: true,
    }),
  ];
}

/** Two takes of so many seconds, as features that were kept. */
async function longTakes(seconds: number) {
  const of = async (manner: Manner) => {
    const pieces: Float32Array[] = [];
    let rate = 0;
    for (let at = 0, length = 0; length < seconds * rate || rate === 0; at += 1) {
      const { samples, sampleRate } = await testSpeech(turn(SENTENCES, at), manner);
      rate = sampleRate;
      length += samples.length;
      pieces.push(s16ToFloat(samples));
    }
    const packed = packFeatures(speechFeatures(joined(...pieces).subarray(0, seconds * rate), rate));
    const features = unpackFeatures(packed);
    if (!features) throw new Error('features do not come back');
    return { packed, features };
  };
  return [await of({}), await of({ gender: 2, pitch: 60 })] as const;
}

async function speedFigures(): Promise<Figure[]> {
  const [a, b] = await longTakes(15);
  const [longA, longB] = await longTakes(300);
  const milliseconds = (rounds: number, one: typeof a, other: typeof a) => {
    const times = Array.from({ length: rounds }, () => {
      const begin = performance.now();
      alignTakes(one.features, other.features);
      return performance.now() - begin;
    });
    return percentile(times, 0.5);
  };
  const figure = (what: string, limit: number, got: number, unit: string): Figure => ({
    what,
    reach: `under ${limit} ${unit}`,
    got,
    unit,
    ok: got < limit,
  });
  return [
    figure('aligning two takes of 15 s, features kept (median of 15)', 200, milliseconds(15, a, b), 'ms'),
    figure('aligning two takes of 5 minutes', 10_000, milliseconds(1, longA, longB), 'ms'),
    figure('features of 15 s as they are kept', 60, a.packed.length / 1000, 'kB'),
  ];
}

/** Where words are found, whether takes that do not say the same are doubted, and how long it takes. About 15 minutes. */
export async function alignmentFigures(): Promise<Figure[]> {
  const doubted = new Doubted();
  const espeak = await espeakPairs(doubted);
  const kokoro = await kokoroPairs(doubted);
  return [...espeak, ...kokoro, ...doubted.figures(Object.values(KINDS)), ...(await speedFigures())];
}
