import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../controls/controls.ts';
import { type Candidate, type MappedVoice, type MappingRow, WholeMapping } from '../schemas/mapping.ts';
import { isApproved, mappingFile, readMappingFile, writeMappingFile } from './mapping-file.ts';
import { GUIDE, someFile } from './testing/mappings.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const NOTHING_MEASURED = {
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
};

const emily: MappedVoice = {
  voiceId: 'chatterbox:Emily.wav',
  voiceName: 'Emily',
  modelId: null,
  settings: { ...NEUTRAL_SETTINGS, speed: 1.1 },
};
const candidate: Candidate = {
  ...emily,
  distance: 0.3,
  matched: 'matched',
  leftover: [
    { feature: 'timbre', value: 0.2 },
    { feature: 'pitch', value: -0.3 },
  ],
  profile: NOTHING_MEASURED,
  takeIds: [],
};
const approved = { id: id(9), at: 1000, by: 'Ada', verdict: 'approved', note: 'Fine.', choice: emily } as const;

/** A mapping of one row. */
const whole = (row: Partial<MappingRow>): WholeMapping =>
  WholeMapping.parse({
    id: id(1),
    projectId: id(2),
    name: 'Audio guide',
    from: { kind: 'provider', provider: 'elevenlabs', modelId: null },
    to: { kind: 'provider', provider: 'chatterbox', modelId: null },
    lines: ['Good morning.'],
    createdAt: 0,
    updatedAt: 0,
    rows: [
      {
        id: id(3),
        mappingId: id(1),
        place: 0,
        source: {
          voiceId: 'elevenlabs:a',
          voiceName: 'Rachel',
          modelId: null,
          settings: {},
          language: 'en',
          gender: 'female',
          accent: '',
          recordings: [id(4)],
        },
        state: 'proposed',
        fault: null,
        anyLabels: false,
        proposal: {
          at: 0,
          profile: NOTHING_MEASURED,
          takeIds: [],
          candidates: [candidate],
          compared: 1,
          leftOut: 0,
        },
        choice: emily,
        verdicts: [approved],
        updatedAt: 0,
        ...row,
      },
    ],
  });

const only = (row: Partial<MappingRow>) => mappingFile(whole(row), 2000).rows[0];

describe('a mapping as a file', () => {
  it('says of each voice what takes its place, who approved it, and what is left', () => {
    expect(mappingFile(whole({}), 2000)).toEqual({
      format: 'timbre.mapping',
      version: 1,
      name: 'Audio guide',
      from: { kind: 'provider', provider: 'elevenlabs', modelId: null },
      to: { kind: 'provider', provider: 'chatterbox', modelId: null },
      madeAt: '1970-01-01T00:00:02.000Z',
      rows: [
        {
          old: {
            voiceId: 'elevenlabs:a',
            voiceName: 'Rachel',
            modelId: null,
            settings: NEUTRAL_SETTINGS,
            language: 'en',
            gender: 'female',
            accent: '',
          },
          new: emily,
          verdict: 'approved',
          by: 'Ada',
          at: '1970-01-01T00:00:01.000Z',
          note: 'Fine.',
          distance: 0.3,
          leftover: [
            { feature: 'pitch', value: -0.3 },
            { feature: 'timbre', value: 0.2 },
          ],
        },
      ],
    });
  });

  it('a verdict and a measurement count only for what they were made of', () => {
    const adjusted = { ...emily, settings: { ...emily.settings, pitch: 1 } };
    const none = { verdict: null, by: '', at: null, note: '', distance: null, leftover: [] };
    expect(only({ choice: adjusted })).toMatchObject({ new: adjusted, ...none });
    expect(only({ choice: null, verdicts: [], proposal: null })).toMatchObject({ new: null, ...none });
    expect(only({ verdicts: [approved, { ...approved, verdict: 'rejected' }] })).toMatchObject({ verdict: 'rejected' });
  });

  it('only what was approved may be used, and only where there is something to use', () => {
    const [first, , later] = GUIDE.rows;
    expect(GUIDE.rows.map(isApproved)).toEqual([true, true, false]);
    expect(first && isApproved({ ...first, verdict: 'rejected' })).toBe(false);
    expect(later && isApproved({ ...later, verdict: 'approved' })).toBe(false);
  });

  it('comes back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(someFile(), fc.boolean(), (file, marked) => {
        expect(readMappingFile((marked ? '\ufeff' : '') + writeMappingFile(file))).toEqual(file);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('what is no mapping is refused, and why is said', () => {
    const refusal = (text: string) => {
      try {
        return readMappingFile(text);
      } catch (thrown) {
        return thrown;
      }
    };
    const saying = (code: string, message: string) => ({
      fault: {
        code,
        message: expect.stringContaining(message),
        kept: 'Nothing was changed.',
        todo: expect.any(String),
      },
    });
    expect(refusal('{')).toMatchObject(saying('invalid', 'not JSON'));
    expect(refusal('{"format":"timbre.presets","version":1}')).toMatchObject(saying('invalid', 'not a mapping'));
    expect(refusal('{"format":"timbre.mapping","version":2}')).toMatchObject(saying('library_newer', 'newer version'));
    const damaged = writeMappingFile(GUIDE).replace('"female"', '"femal"');
    expect(refusal(damaged)).toMatchObject(saying('invalid', '“rows.0.old.gender”'));
  });
});
