import fc from 'fast-check';
import { CONTROL_RANGE, EmotionName, type Settings } from '../../controls/controls.ts';
import { MappedVoice, ProfileFeature } from '../../schemas/mapping.ts';
import { Gender } from '../../schemas/voice.ts';
import type { MappingFile, MappingFileRow } from '../mapping-file.ts';

/** What breaks files: quotes, separators, line ends, formulas, escapes, expansions, signs of every plane. */
const HOSTILE = [
  '=cmd()|A0',
  "'=1",
  "''+1",
  '@SUM(A1)',
  '-3',
  '0,5',
  '0.5',
  'true',
  'No',
  '"',
  "it's",
  '"""',
  'a,b;c\td',
  'two\nlines',
  'two\r\nlines',
  '\rx',
  '\\',
  '\\n',
  'C:\\voices\\',
  '$HOME $(id) `id`',
  `\${HOME}`,
  '# no comment',
  '*/ //',
  '{"a":1}',
  'Zoë 日本語',
  '👩🏽‍🚀',
  '\u2028FOO=bar',
  '\u202eright',
  '\u0000\u0007\u007f',
  '\ud800',
  '\ufeff',
  ' blank ',
  '__proto__',
  'constructor',
];

/** A text as nobody hopes for it. @param most characters */
export const hostileText = (most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 3 })
    .map((parts) => parts.join('').slice(0, most));

const filled = (most: number) => hostileText(most).filter((text) => text !== '');

/** A value on a control's range, in steps of a thousandth: finer ones are not heard. */
const control = ({ min, max }: { min: number; max: number }) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((value) => value / 1000);

const parameterValue = fc.oneof(
  fc.boolean(),
  hostileText(200),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0),
);

/** A name that a schema lets through. */
const parameterName = fc.oneof(
  fc.constantFrom('exaggeration', 'cfg_weight', 'temperature', 'stability', 'use_speaker_boost'),
  filled(64).filter((name) => name !== '__proto__'),
);

export const someSettings: fc.Arbitrary<Settings> = fc.record({
  speed: control(CONTROL_RANGE.speed),
  pitch: control(CONTROL_RANGE.pitch),
  volume: control(CONTROL_RANGE.volume),
  emotion: fc.record({
    name: fc.constantFrom(...EmotionName.options),
    intensity: fc.integer({ min: 0, max: 100 }).map((value) => value / 100),
  }),
  seed: fc.option(fc.integer({ min: 0, max: 4294967295 })),
  parameters: fc
    .uniqueArray(fc.tuple(parameterName, parameterValue), { selector: ([name]) => name, maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
});

/** `provider:voice`, or a bare id. */
const voiceId = (provider: string, local: fc.Arbitrary<string>) =>
  local.map((id) => (provider === '' ? id.replaceAll(':', '') || 'x' : `${provider}:${id}`));

/** A voice of a provider. @param local ids of its own and of its models */
export const someVoice = (provider: string, local = filled(60)): fc.Arbitrary<MappedVoice> =>
  fc.record({
    voiceId: voiceId(provider, local),
    voiceName: hostileText(60),
    modelId: fc.option(local),
    settings: someSettings,
  });

const leftover = fc.subarray([...ProfileFeature.options]).chain((features) =>
  fc
    .array(fc.double({ min: -100, max: 100, noNaN: true }), {
      minLength: features.length,
      maxLength: features.length,
    })
    .map((values) => features.map((feature, i) => ({ feature, value: (values[i] ?? 0) + 0 }))),
);

const at = fc.integer({ min: 0, max: 4e12 }).map((milliseconds) => new Date(milliseconds).toISOString());

/** A row with everything a file can say. @param local ids of its voices and models */
export const someRow = (local = filled(60)): fc.Arbitrary<MappingFileRow> =>
  fc.record({
    old: fc.record({
      voiceId: fc.oneof(fc.constant(null), voiceId('elevenlabs', local), voiceId('', local)),
      voiceName: hostileText(60),
      modelId: fc.option(filled(60)),
      settings: fc.option(someSettings, { freq: 9 }),
      language: fc.option(filled(40)),
      gender: fc.constantFrom(...Gender.options),
      accent: hostileText(60),
    }),
    new: fc.option(someVoice('chatterbox', local), { freq: 9 }),
    verdict: fc.option(fc.constantFrom('approved', 'rejected', 'later')),
    by: hostileText(60),
    at: fc.option(at),
    note: hostileText(60),
    distance: fc.option(fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0)),
    leftover,
  });

/** A mapping file whose rows are made so. */
export const someFile = (row: fc.Arbitrary<MappingFileRow> = someRow(), least = 0): fc.Arbitrary<MappingFile> =>
  fc.record({
    format: fc.constant('timbre.mapping' as const),
    version: fc.constant(1 as const),
    name: hostileText(60).map((text) => text.trim() || 'Audio guide'),
    from: fc.oneof(
      fc.constant({ kind: 'recordings' as const }),
      fc.record({
        kind: fc.constant('provider' as const),
        provider: fc.constant('elevenlabs'),
        modelId: fc.option(filled(60)),
      }),
    ),
    to: fc.record({
      kind: fc.constant('provider' as const),
      provider: fc.constant('chatterbox'),
      modelId: fc.constant(null),
    }),
    madeAt: at,
    rows: fc.array(row, { minLength: least, maxLength: 5 }),
  });

const settingsOf = (settings: Partial<Settings>): Settings => MappedVoice.shape.settings.parse(settings);

/** A mapping of three voices, of which the first two are approved, with marks of several languages in their names. */
export const GUIDE: MappingFile = {
  format: 'timbre.mapping',
  version: 1,
  name: 'Audio guide',
  from: { kind: 'provider', provider: 'elevenlabs', modelId: null },
  to: { kind: 'provider', provider: 'chatterbox', modelId: null },
  madeAt: '2026-11-28T10:00:00.000Z',
  rows: [
    {
      old: {
        voiceId: 'elevenlabs:21m00Tcm4TlvDq8ikWAM',
        voiceName: 'Rachel',
        modelId: 'eleven_multilingual_v2',
        settings: settingsOf({ parameters: { stability: 0.5, use_speaker_boost: true } }),
        language: 'en-US',
        gender: 'female',
        accent: 'American',
      },
      new: {
        voiceId: 'chatterbox:predefined/Emily.wav',
        voiceName: 'Emily',
        modelId: 'original',
        settings: settingsOf({
          speed: 1.04,
          pitch: -0.5,
          volume: 2,
          emotion: { name: 'calm', intensity: 0.4 },
          seed: 7,
          parameters: { exaggeration: 0.6, cfg_weight: 0.45 },
        }),
      },
      verdict: 'approved',
      by: 'Ada',
      at: '2026-11-27T09:30:00.000Z',
      note: 'A little brighter, fine.',
      distance: 0.31,
      leftover: [
        { feature: 'pitch', value: -0.3 },
        { feature: 'rate', value: 0.04 },
      ],
    },
    {
      old: {
        voiceId: 'elevenlabs:zo-1',
        voiceName: 'Zoë “Z” 😀',
        modelId: null,
        settings: settingsOf({}),
        language: null,
        gender: 'unknown',
        accent: '',
      },
      new: {
        voiceId: 'chatterbox:reference/it\'s "her".wav',
        voiceName: 'Her',
        modelId: null,
        settings: settingsOf({}),
      },
      verdict: 'approved',
      by: '',
      at: '2026-11-27T09:40:00.000Z',
      note: '',
      distance: null,
      leftover: [],
    },
    {
      old: {
        voiceId: 'elevenlabs:x9',
        voiceName: 'Tom',
        modelId: null,
        settings: settingsOf({}),
        language: 'de',
        gender: 'male',
        accent: '',
      },
      new: null,
      verdict: 'later',
      by: 'Ada',
      at: '2026-11-27T09:50:00.000Z',
      note: 'Ask Bob.',
      distance: null,
      leftover: [],
    },
  ],
};

/** A mapping file whose old voices have ids that differ, as formats with one place for an id want it. */
export const fileOfSingles = (row: fc.Arbitrary<MappingFileRow> = someRow()): fc.Arbitrary<MappingFile> =>
  someFile(row, 1).map((file) => ({
    ...file,
    rows: file.rows.map((one, i) => ({
      ...one,
      old: {
        ...one.old,
        voiceId: one.old.voiceId === null ? null : one.old.voiceId + i,
        voiceName: one.old.voiceName + i,
      },
    })),
  }));

/** A row as formats that an agent reads bring it back: approved, of the old voice its id and name. */
export const broughtBack = (row: MappingFileRow): MappingFileRow => ({
  old: {
    voiceId: row.old.voiceId,
    voiceName: row.old.voiceName,
    modelId: null,
    settings: null,
    language: null,
    gender: 'unknown',
    accent: '',
  },
  new: row.new,
  verdict: 'approved',
  by: '',
  at: null,
  note: '',
  distance: null,
  leftover: [],
});
