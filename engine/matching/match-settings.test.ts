import { beforeAll, describe, expect, it } from 'vitest';
import type { ParameterSpec } from '../../shared/controls/controls.ts';
import { fault } from '../../shared/errors.ts';
import { speechFrames } from '../../shared/profile/speech-frames.ts';
import { placedVoice, VoiceSpace } from '../../shared/profile/voice-space.ts';
import { pitchDeviation, statisticsOf, type VoiceStatistics } from '../../shared/profile/voice-statistics.ts';
import type { MappedVoice } from '../../shared/schemas/mapping.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { measureLoudness } from '../../shared/sound/loudness.ts';
import { s16ToFloat } from '../../shared/sound/pcm.ts';
import { testSpeech } from '../../shared/sound/testing/speech.ts';
import { draftOf, endOf } from '../library/test-library.ts';
import { mappedVoice, sourceVoice } from '../library/test-mapping.ts';
import { type HeardOld, type MatchSettingsParts, matchSettings, unmatched } from './match-settings.ts';
import { OfAll } from './of-all.ts';
import type { RankedVoice } from './voice-book.ts';

const SAID = [
  'A truck loaded with apples blocked the entrance to the tunnel for more than an hour.',
  'Nobody was hurt, but many people came late to their work.',
];
const EXAGGERATION: ParameterSpec = {
  name: 'exaggeration',
  label: '',
  help: '',
  kind: 'number',
  min: 0.25,
  max: 2,
  step: 0.05,
  default: 0.5,
};
/** What exaggeration the old voice speaks with, if it were the new one. */
const TRUTH = 1.3;

let plain: VoiceStatistics;
beforeAll(async () => {
  const { samples, sampleRate } = await testSpeech(SAID.join(' '));
  const sound = s16ToFloat(samples);
  const facts = { syllables: 36, loudness: measureLoudness(sound, sampleRate) };
  plain = statisticsOf(speechFrames(sound, sampleRate), facts);
});

/** Speech whose pitch moves so many times as far around its middle, and that lasts so many times as long. */
function spread(times: number, longer = 1): VoiceStatistics {
  const pitches = new Float64Array(plain.pitches.length);
  const all = plain.pitches.reduce((sum, one) => sum + one, 0);
  let [below, middle] = [0, 0];
  for (const [at, frames] of plain.pitches.entries()) {
    if (below < all / 2) middle = at;
    below += frames;
  }
  for (const [at, frames] of plain.pitches.entries()) {
    const to = Math.round(middle + (at - middle) * times);
    const within = Math.min(pitches.length - 1, Math.max(0, to));
    pitches[within] = (pitches[within] as number) + frames;
  }
  return { ...plain, pitches, speech: plain.speech * longer };
}

/** So much its pitch moves at an exaggeration. */
const livelinessOf = (exaggeration: number) => 0.4 + 0.8 * exaggeration;

const takeOf = (id: string, text: string): Take => ({
  ...draftOf('project', { id, text }),
  ...endOf({ state: 'done' }),
  samples: 24_000,
  measurements: null,
  answer: {},
  answeredBy: null,
  timed: false,
});

/** A provider that does what its exaggeration says, and all that was asked of it. */
function fakeProvider(refuse?: (exaggeration: number) => Error | null) {
  const asked: { exaggeration: number; text: string }[] = [];
  const known = new Map<string, VoiceStatistics>();
  const parts: Omit<MatchSettingsParts, 'searchRenders' | 'space' | 'signal'> = {
    specs: [EXAGGERATION],
    speaker: { maxCharacters: 1000, languages: ['en'] },
    takes: {
      async take({ settings }: MappedVoice, text: string) {
        const exaggeration = Number(settings.parameters.exaggeration ?? EXAGGERATION.default);
        const id = `${exaggeration} ${text}`;
        const refusal = refuse?.(exaggeration) ?? null;
        if (!known.has(id)) asked.push({ exaggeration, text });
        if (refusal) throw refusal;
        known.set(id, spread(livelinessOf(exaggeration)));
        return takeOf(id, text);
      },
    },
    profiler: { statistics: async (id) => known.get(id) ?? plain },
    levels: { level: async () => ({ loudness: -20, spoken: -20, speech: 5, truePeak: -3 }) },
  };
  return { asked, parts };
}

function oldVoice(texts: readonly string[], longer = 1): HeardOld {
  const heard = spread(livelinessOf(TRUTH), longer);
  return {
    source: sourceVoice('elevenlabs:old'),
    takes: texts.map((text, at) => ({ take: takeOf(`old ${at}`, text), heard })),
    all: heard,
    heard,
  };
}

function ranked(): RankedVoice {
  const heard = [spread(livelinessOf(0.5))];
  const [all] = heard as [VoiceStatistics];
  return {
    voice: mappedVoice('chatterbox:a'),
    takes: [],
    heard,
    all,
    placed: placedVoice({ takes: heard }),
    distance: 1,
  };
}

const search = (old: HeardOld, { parts }: ReturnType<typeof fakeProvider>, searchRenders: number) =>
  matchSettings(old, ranked(), {
    ...parts,
    space: new VoiceSpace([{ takes: [plain] }]),
    searchRenders,
    signal: new AbortController().signal,
  });

describe('matching the settings', () => {
  it('finds the exaggeration by search, within its range and what may be spent', async () => {
    for (const budget of [0, 1, 2, 5, 12, 40]) {
      const provider = fakeProvider();
      const found = await search(oldVoice(SAID), provider, budget);
      // The texts once, and then the tries.
      expect(provider.asked.length).toBeLessThanOrEqual(SAID.length + budget);
      for (const { exaggeration } of provider.asked) {
        expect(exaggeration).toBeGreaterThanOrEqual(0.25);
        expect(exaggeration).toBeLessThanOrEqual(2);
      }
      const chosen = Number(found.settings.parameters.exaggeration ?? 0.5);
      if (budget === 40) expect(Math.abs(chosen - TRUTH)).toBeLessThanOrEqual(0.1);
      if (budget < 2) expect(chosen).toBe(0.5);
      const left = found.leftover.find(({ feature }) => feature === 'pitchSpread')?.value ?? Number.NaN;
      const wanted = pitchDeviation(spread(livelinessOf(TRUTH))) ?? Number.NaN;
      const own = pitchDeviation(spread(livelinessOf(chosen))) ?? Number.NaN;
      expect(left).toBeCloseTo(own - wanted, 5);
    }
  });

  it('passes over values that the server refuses, and stops where all would be', async () => {
    const refusing = fakeProvider((exaggeration) => (exaggeration > 1 ? fault('bad_request', 'Too much.') : null));
    const found = await search(oldVoice(SAID), refusing, 40);
    expect(found.settings.parameters.exaggeration).toBeLessThanOrEqual(1);
    expect(found.settings.parameters.exaggeration).toBeGreaterThan(0.5);
    const empty = fakeProvider((exaggeration) =>
      exaggeration === 0.5 ? null : new OfAll({ code: 'no_credit', message: 'Nothing is left.' }),
    );
    await expect(search(oldVoice(SAID), empty, 40)).rejects.toThrow('Nothing is left.');
    expect(empty.asked.filter(({ exaggeration }) => exaggeration !== 0.5).length).toBeLessThanOrEqual(SAID.length);
  });

  it('tells the pace by texts that both say whole, however often the old voice said them', async () => {
    const provider = fakeProvider();
    const [first = '', second = ''] = SAID;
    // The old voice takes 1.25 times as long, and said the first one three times.
    const found = await search(oldVoice([first, second, first, first], 1.25), provider, 0);
    expect(found.settings.speed).toBeCloseTo(0.8, 2);
    expect(provider.asked.map(({ text }) => text).toSorted()).toEqual(SAID.toSorted());
  });

  it('tells it by syllables where only a part is spoken, and speaks nothing where no text is known', async () => {
    const cut = fakeProvider();
    const long = `${SAID.join(' ')} ${SAID.join(' ')} ${SAID.join(' ')}`;
    const found = await search(oldVoice([long], 3), cut, 0);
    expect(cut.asked).toHaveLength(1);
    expect(cut.asked[0]?.text.length).toBeLessThanOrEqual(250);
    expect(found.settings.speed).toBeCloseTo(1, 2);
    const silent = fakeProvider();
    const apart = await search(oldVoice(['', '']), silent, 10);
    expect(silent.asked).toEqual([]);
    expect(apart).toMatchObject({ matched: 'matched', takeIds: [] });
    expect(unmatched(oldVoice(['']), ranked())).toMatchObject({ matched: 'not tried' });
  });

  it('ends where it is stopped', async () => {
    const stop = new AbortController();
    const provider = fakeProvider((exaggeration) => {
      if (exaggeration !== 0.5) stop.abort();
      return null;
    });
    const space = new VoiceSpace([{ takes: [plain] }]);
    const asked = matchSettings(oldVoice(SAID), ranked(), {
      ...provider.parts,
      space,
      searchRenders: 40,
      signal: stop.signal,
    });
    await expect(asked).rejects.toThrow('abort');
    expect(new Set(provider.asked.map(({ exaggeration }) => exaggeration)).size).toBe(2);
  });
});
