import { describe, expect, test } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { slotTraits, whoDiffers } from '../../../shared/report/slot-traits.ts';
import type { Comparison, Slot } from '../../../shared/schemas/comparison.ts';
import type { Take, TakeView } from '../../../shared/schemas/take.ts';
import { type CompareSound, gainOf } from '../../stores/compare/known-sound.ts';
import { axisLayout, laneAt, timeAt, wordsWithRoom, xOf } from './axis-lanes.ts';
import { axisPicture, placeOnAxis } from './axis-picture.ts';

const TEXT = { id: 't', text: 'One two.' };
const slot = (id: string, settings = NEUTRAL_SETTINGS): Slot => ({
  id,
  name: '',
  voiceId: `v:${id}`,
  voiceName: id,
  modelId: null,
  settings,
});
const SLOTS = [slot('a'), slot('b'), slot('c')];
const COMPARISON: Comparison = {
  id: 'x',
  projectId: 'p',
  name: 'X',
  texts: [TEXT],
  slots: SLOTS,
  takes: { a: { t: 'ta' }, b: { t: 'tb' } },
  switching: 'word',
  equalLoudness: true,
  decisions: [],
  createdAt: 0,
  updatedAt: 0,
};
const take = (id: string, pitch = 0) =>
  ({ id, samples: 48_000, sampleRate: 24_000, measurements: null, studio: { speed: 1, pitch, volume: -6 } }) as Take;
const view: TakeView = { duration: 2, peaks: [0.5, 1], pitch: [100, 0, 200], pitchStep: 0.5 };
const SOUND: CompareSound = {
  takes: [take('ta'), take('tb', 12)],
  alignments: new Map([
    [
      'ta\ntb',
      {
        a: 'ta',
        b: 'tb',
        map: { from: [0, 1, 2], to: [0, 0.5, 2] },
        by: 'sound' as const,
        trusted: false,
        doubts: [{ kind: 'added' as const, a: { from: 1, to: 1.1 }, b: { from: 0.5, to: 0.9 } }],
      },
    ],
  ]),
  words: new Map(),
  views: new Map([
    ['ta', view],
    ['tb', view],
  ]),
  gains: new Map([['ta', -2]]),
  levels: new Map(),
  equal: null,
  unequal: null,
};
const picture = () => axisPicture(COMPARISON, TEXT, SOUND, { colours: ['1', '2', '3'], heard: 'b', region: null });

describe('the picture', () => {
  test('has every slot on the time of the first one; one without sound is empty', () => {
    const { lanes, duration } = picture();
    expect(duration).toBe(2);
    expect(lanes.map(({ letter, heard, view: own }) => [letter, heard, own !== null])).toEqual([
      ['A', false, true],
      ['B', true, true],
      ['C', false, false],
    ]);
    expect(placeOnAxis(SOUND, 'tb', 0.5)).toBeCloseTo(1, 9);
    expect(placeOnAxis(SOUND, 'ta', 0.5)).toBe(0.5);
    expect(placeOnAxis(SOUND, 'nobody', 0.5)).toBeNull();
  });

  test('shows pitch and loudness as they are heard', () => {
    const [a, b] = picture().lanes;
    expect(a?.view?.pitch).toEqual([100, 0, 200]);
    expect(b?.view?.pitch).toEqual([200, 0, 400]);
    expect(a?.gain).toBeCloseTo(10 ** (-8 / 20), 9);
    expect(b?.gain).toBeCloseTo(10 ** (-6 / 20), 9);
  });

  test('marks where something else is said, on the axis', () => {
    expect(picture().lanes[1]?.doubts).toEqual([{ kind: 'added', from: 1, to: 1.1 }]);
  });

  test('has room for the words that tell most', () => {
    const word = (x: number, width: number) => ({ x, width });
    const [the, morning, is, late] = [word(0, 20), word(24, 60), word(88, 10), word(100, 40)];
    const shown = (right: number) => wordsWithRoom([the, morning, is, late] as ReturnType<typeof word>[], right);
    expect(shown(200)).toEqual([morning, late]);
    expect(shown(90)).toEqual([morning]);
    expect(wordsWithRoom([word(0, 20), word(40, 20)], 200)).toHaveLength(2);
  });

  test('knows what lies under a point', () => {
    const layout = axisLayout(1000, 400, 3);
    expect(timeAt(xOf(1.5, 2, layout), 2, layout)).toBeCloseTo(1.5, 9);
    expect(laneAt(5, 3, layout)).toBeNull();
    expect(laneAt(25, 3, layout)).toBe(0);
    expect(laneAt(layout.pitchTop - 1, 3, layout)).toBe(2);
    expect(laneAt(layout.pitchTop + 5, 3, layout)).toBeNull();
  });
});

test('a take that was not measured against the others yet is brought to where they are', () => {
  const level = { loudness: -20, spoken: -19, speech: 3, truePeak: -5 };
  const measured = (loudness: number) => ({ duration: 2, loudness, truePeak: -5, pitch: 100, pitchRange: 5 });
  const sound = { gains: new Map([['ta', -3]]), levels: new Map([['ta', level]]) };
  const late = { ...take('tb'), measurements: measured(-12) };
  expect(gainOf({ ...sound, takes: [late] }, 'tb')).toBeCloseTo(-5, 9);
  expect(gainOf({ ...sound, takes: [{ ...late, measurements: measured(-30) }] }, 'tb')).toBe(0);
  expect(gainOf({ ...sound, takes: [late] }, 'ta')).toBe(-3);
  expect(gainOf({ gains: new Map(), levels: new Map(), takes: [late] }, 'tb')).toBe(0);
});

describe('what differs between slots', () => {
  test('is marked, with what is neutral where another one is not; what is the same is only told', () => {
    const same = { ...NEUTRAL_SETTINGS, speed: 1.2 };
    const traits = slotTraits([slot('a', same), slot('b', { ...same, pitch: 2, parameters: { style: 0.3 } })]);
    expect(traits).toEqual([
      [
        { words: '1.20×', differs: false },
        { words: '0 st', differs: true },
      ],
      [
        { words: '1.20×', differs: false },
        { words: '+2.0 st', differs: true },
        { words: 'style 0.3', differs: true },
      ],
    ]);
    expect(whoDiffers([slot('a'), { ...slot('b'), voiceId: 'v:a' }])).toEqual({ voice: false, model: false });
  });
});
