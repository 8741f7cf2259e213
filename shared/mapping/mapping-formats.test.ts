import { describe, expect, it } from 'vitest';
import { isApproved, type MappingFileRow } from './mapping-file.ts';
import { MAPPING_FORMATS, mappingFormat, readMapping } from './mapping-formats.ts';
import { GUIDE } from './testing/mappings.ts';

/** Old and new voice of each row. */
const pairs = (rows: readonly MappingFileRow[]) =>
  rows.map(({ old, new: next }) => [old.voiceId, next?.voiceId ?? null]);
const approved = GUIDE.rows.filter(isApproved);

describe('a file in any format', () => {
  it.each(MAPPING_FORMATS)('is read by its name: $id', ({ id, ending, rows: carried, readsBack, write }) => {
    const { rows, problems } = readMapping(write(GUIDE), `Audio guide${ending.toUpperCase()}`);
    expect(problems).toEqual([]);
    const expected = pairs(carried === 'all' ? GUIDE.rows : approved);
    expect(pairs(rows)).toEqual(id.startsWith('rollback') ? expected.map((pair) => pair.toReversed()) : expected);
    for (const { old } of rows) expect(old.settings !== null).toBe(readsBack === 'rows');
  });

  it('says of itself what it is where its name does not', () => {
    const rollback = mappingFormat('rollback').write(GUIDE);
    expect(readMapping(rollback, 'renamed.json').head?.from).toEqual(GUIDE.to);
    expect(readMapping(mappingFormat('json').write(GUIDE), 'renamed.json').head).toMatchObject({ from: GUIDE.from });
    expect(readMapping(mappingFormat('env').write(GUIDE), '.env').defaultRow).toBe(0);
    expect(() => readMapping(rollback, 'guide.wav')).toThrow('“guide.wav” is no file of a mapping.');
  });

  it('of the way back has the default that was chosen', () => {
    const { write, read } = mappingFormat('rollback-env');
    const rows = GUIDE.rows.map((row, i) => (i === 0 ? { ...row, verdict: 'later' as const } : row));
    expect(read(write(GUIDE, { defaultRow: 1 })).defaultRow).toBe(1);
    expect(read(write({ ...GUIDE, rows }, { defaultRow: 1 })).defaultRow).toBe(0);
  });

  it('has endings of its own', () => {
    expect(new Set(MAPPING_FORMATS.map(({ ending }) => ending)).size).toBe(MAPPING_FORMATS.length);
  });
});
