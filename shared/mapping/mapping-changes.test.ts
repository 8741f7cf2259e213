import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../controls/controls.ts';
import {
  type MappedVoice,
  type MappingRow,
  SourceVoice,
  verdictInForce,
  type WholeMapping,
} from '../schemas/mapping.ts';
import { mappingChanges, type PlannedChange } from './mapping-changes.ts';
import { type MappingFile, mappingFile } from './mapping-file.ts';
import { MAPPING_FORMATS, mappingFormat } from './mapping-formats.ts';
import type { ReadMapping } from './read-mapping.ts';
import { fileOfSingles, GUIDE, someRow } from './testing/mappings.ts';

const NOW = Date.parse('2026-12-01T12:00:00.000Z');
const NONE = '00000000-0000-4000-8000-000000000000';

/** Ids in order, one after the other. */
function ids(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
  };
}
const newId = ids();
const reading = { name: 'guide.csv', now: NOW, newId };

function mappingOf(rows: MappingRow[] = [], more: Partial<WholeMapping> = {}): WholeMapping {
  const { from, to, name } = GUIDE;
  return { id: NONE, projectId: NONE, name, from, to, lines: ['A.'], createdAt: 0, updatedAt: 0, rows, ...more };
}

function rowOf(source: Partial<SourceVoice>, more: Partial<MappingRow> = {}): MappingRow {
  const plain = {
    voiceName: '',
    modelId: null,
    settings: NEUTRAL_SETTINGS,
    language: null,
    gender: 'unknown',
    accent: '',
  };
  return {
    id: newId(),
    mappingId: NONE,
    place: 0,
    source: SourceVoice.parse({ ...plain, voiceId: null, recordings: [], ...source }),
    state: 'new',
    fault: null,
    anyLabels: false,
    proposal: null,
    choice: null,
    byHand: false,
    verdicts: [],
    updatedAt: 0,
    ...more,
  };
}

/** The mapping after what was planned was done, as the library does it. */
function done(mapping: WholeMapping, changes: readonly PlannedChange[]): WholeMapping {
  const changed = (row: MappingRow, { choice, verdict }: PlannedChange): MappingRow => ({
    ...row,
    ...(choice ? { choice: choice.becomes, byHand: true } : {}),
    verdicts: [...row.verdicts, ...(verdict ? [verdict.becomes] : [])].toSorted((a, b) => a.at - b.at),
  });
  const known = mapping.rows.map((row) => {
    const change = changes.find(({ rowId }) => rowId === row.id);
    return change ? changed(row, change) : row;
  });
  const added = changes.flatMap((change) => (change.added ? [changed(rowOf(change.added), change)] : []));
  return { ...mapping, rows: [...known, ...added] };
}

const ofFile = (file: MappingFile): ReadMapping => mappingFormat('json').read(mappingFormat('json').write(file));
const voice = (voiceId: string, speed = 1): MappedVoice => ({
  voiceId,
  voiceName: '',
  modelId: null,
  settings: { ...NEUTRAL_SETTINGS, speed },
});
const [rachel] = GUIDE.rows;
if (!rachel?.new) throw new Error('The guide begins with a pair.');
const one = (more: Partial<typeof rachel> = {}): ReadMapping => ofFile({ ...GUIDE, rows: [{ ...rachel, ...more }] });
const id = 'elevenlabs:21m00Tcm4TlvDq8ikWAM';

describe('a file that is read into a mapping', () => {
  it('fills an empty one with what it says, and then changes nothing more', () => {
    const plan = mappingChanges(mappingOf(), ofFile(GUIDE), reading);
    expect(plan.problems).toEqual([]);
    const filled = done(mappingOf(), plan.changes);
    const measures = { distance: null, leftover: [] };
    expect(mappingFile(filled).rows).toEqual(GUIDE.rows.map((row) => ({ ...row, ...measures })));
    expect(mappingChanges(filled, ofFile(GUIDE), reading)).toEqual({ changes: [], unchanged: 3, problems: [] });
  });

  it.each(MAPPING_FORMATS.filter(({ id }) => !id.startsWith('rollback')))(
    'of its own changes nothing: $id',
    ({ write, read }) => {
      const filled = done(mappingOf(), mappingChanges(mappingOf(), ofFile(GUIDE), reading).changes);
      const { changes, problems } = mappingChanges(filled, read(write(mappingFile(filled))), reading);
      expect({ changes, problems }).toEqual({ changes: [], problems: [] });
    },
  );

  it('is in force after it was read, whatever it says and whatever stood there', () => {
    fc.assert(
      fc.property(fileOfSingles(someRow()), fileOfSingles(someRow()), (before, file) => {
        const start = done(mappingOf(), mappingChanges(mappingOf(), ofFile(before), reading).changes);
        const { changes } = mappingChanges(start, ofFile(file), reading);
        const after = done(start, changes);
        const again = mappingChanges(after, ofFile(file), reading);
        expect(again.changes).toEqual([]);
        for (const { rowId, verdict } of changes.filter((change) => change.verdict && change.rowId)) {
          const row = after.rows.find((candidate) => candidate.id === rowId);
          expect(row && verdictInForce(row)).toEqual(verdict?.becomes);
        }
        // Nothing that was said here is lost.
        for (const row of start.rows) {
          const kept = after.rows.find((candidate) => candidate.id === row.id)?.verdicts ?? [];
          expect(kept).toEqual(expect.arrayContaining(row.verdicts));
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('a voice of a file', () => {
  it('is found by the id of its provider where the connection has another name', () => {
    const row = rowOf({ voiceId: id.replace('elevenlabs', 'elevenlabs-2'), voiceName: 'Rachel' });
    const { changes } = mappingChanges(mappingOf([row]), one(), reading);
    expect(changes).toMatchObject([{ rowId: row.id, added: null, oldVoiceId: row.source.voiceId }]);
    // Not where two have it: then it is a voice of its own.
    const another = rowOf({ voiceId: id.replace('elevenlabs', 'elevenlabs-3') });
    expect(mappingChanges(mappingOf([row, another]), one(), reading).changes[0]).toMatchObject({ rowId: null });
  });

  it('without an id is found by its name', () => {
    const row = rowOf({ voiceName: 'Rachel', recordings: [NONE] });
    const { changes } = mappingChanges(mappingOf([row]), one({ old: { ...rachel.old, voiceId: null } }), reading);
    expect(changes).toMatchObject([{ rowId: row.id, choice: { was: null, becomes: rachel.new } }]);
  });

  it('counts once', () => {
    const read = ofFile({ ...GUIDE, rows: [rachel, { ...rachel, new: voice('chatterbox:other') }] });
    const { changes, problems } = mappingChanges(mappingOf(), read, reading);
    expect(changes.map(({ choice }) => choice?.becomes.voiceId)).toEqual([rachel.new?.voiceId]);
    expect(problems).toEqual(['“Rachel” is in the file more than once; what it says first counts.']);
  });

  it('without a new one leaves what is chosen, and what was said of it', () => {
    const row = rowOf({ voiceId: id }, { choice: voice('chatterbox:a') });
    const plan = mappingChanges(mappingOf([row]), one({ new: null, verdict: 'later' }), reading);
    expect(plan).toEqual({ changes: [], unchanged: 1, problems: [] });
    const approved = mappingChanges(mappingOf([rowOf({ voiceId: id })]), one({ new: null }), reading);
    expect(approved).toMatchObject({
      changes: [],
      problems: [expect.stringContaining('“Rachel” is said to be approved')],
    });
  });

  it('is the same voice where only a rounding lies between', () => {
    const row = rowOf({ voiceId: id }, { choice: voice('chatterbox:a', 1.0004) });
    const verdict = { verdict: 'approved', by: '', at: null, note: '' } as const;
    const { changes } = mappingChanges(mappingOf([row]), one({ new: voice('chatterbox:a'), ...verdict }), reading);
    expect(changes).toMatchObject([{ choice: null, verdict: { becomes: { choice: row.choice, at: NOW } } }]);
    expect(
      mappingChanges(mappingOf([row]), one({ new: voice('chatterbox:a', 1.01), ...verdict }), reading).changes,
    ).toMatchObject([{ choice: { was: row.choice, becomes: voice('chatterbox:a', 1.01) } }]);
  });
});

describe('a verdict of a file', () => {
  const said = Date.parse(rachel.at ?? '');

  it('has its who and when', () => {
    const [change] = mappingChanges(mappingOf([rowOf({ voiceId: id })]), one(), reading).changes;
    expect(change?.verdict?.becomes).toMatchObject({ verdict: 'approved', by: 'Ada', at: said, note: rachel.note });
  });

  it('that is older than what was said here comes after it, and tells when it was said', () => {
    const later = {
      id: newId(),
      at: said + 5000,
      by: 'Bob',
      verdict: 'rejected',
      note: '',
      choice: rachel.new,
    } as const;
    const row = rowOf({ voiceId: id }, { choice: rachel.new, verdicts: [later] });
    const [change] = mappingChanges(mappingOf([row]), one(), reading).changes;
    expect(change?.verdict).toMatchObject({
      was: later,
      becomes: {
        verdict: 'approved',
        by: 'Ada',
        at: NOW,
        note: `${rachel.note}\nFrom the file “guide.csv”, said at ${rachel.at}.`,
      },
    });
  });
});

it('the way back is not read into the mapping that it leads back from, but into one that goes there', () => {
  const { write, read } = mappingFormat('rollback');
  const file = read(write(GUIDE));
  const filled = done(mappingOf(), mappingChanges(mappingOf(), ofFile(GUIDE), reading).changes);
  expect(() => mappingChanges(filled, file, reading)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ code: 'conflict', kept: 'Nothing was changed.' }) }),
  );
  const other = mappingOf([], { from: GUIDE.to, to: GUIDE.from });
  const { changes } = mappingChanges(other, file, reading);
  expect(changes.map(({ oldVoiceId, choice }) => [oldVoiceId, choice?.becomes.voiceId])).toEqual(
    GUIDE.rows.slice(0, 2).map((row) => [row.new?.voiceId, row.old.voiceId]),
  );
});
