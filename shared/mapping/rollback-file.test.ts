import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isApproved } from './mapping-file.ts';
import { readRollbackFile, rollbackFile, rollbackMapping, writeRollbackFile } from './rollback-file.ts';
import { GUIDE, someFile } from './testing/mappings.ts';

const [rachel, zoe] = GUIDE.rows;

describe('the way back from a mapping', () => {
  it('brings every approved voice back with its own model and settings', () => {
    const file = rollbackFile(GUIDE);
    expect(file).toMatchObject({
      format: 'timbre.mapping-rollback',
      name: 'Audio guide',
      from: GUIDE.to,
      to: GUIDE.from,
    });
    expect(file.rows).toEqual([
      {
        inUse: rachel?.new,
        restored: {
          voiceId: 'elevenlabs:21m00Tcm4TlvDq8ikWAM',
          voiceName: 'Rachel',
          modelId: 'eleven_multilingual_v2',
          settings: rachel?.old.settings,
        },
      },
      expect.objectContaining({ inUse: zoe?.new, restored: expect.objectContaining({ voiceId: 'elevenlabs:zo-1' }) }),
    ]);
    expect(file.notRestored).toEqual([]);
  });

  it('names what cannot come back, and is refused where nothing can', () => {
    const rows = GUIDE.rows.map((row, i) => (i === 1 ? { ...row, old: { ...row.old, voiceId: null } } : row));
    expect(rollbackFile({ ...GUIDE, rows }).notRestored).toEqual(['Zoë “Z” 😀']);
    const none = () => rollbackFile({ ...GUIDE, rows: rows.slice(1) });
    expect(none).toThrow(expect.objectContaining({ fault: expect.objectContaining({ code: 'conflict' }) }));
  });

  it('comes back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(someFile(), (mapping) => {
        const back = mapping.rows.filter(
          (row) => isApproved(row) && row.old.voiceId !== null && row.old.settings !== null,
        );
        fc.pre(back.length > 0);
        const file = rollbackFile(mapping);
        expect(file.rows).toHaveLength(back.length);
        expect(readRollbackFile(writeRollbackFile(file))).toEqual(file);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('is a mapping of its own, and the way back from that leads forth again', () => {
    const back = rollbackMapping(rollbackFile(GUIDE));
    expect(back.rows.every(isApproved)).toBe(true);
    const forth = rollbackFile(back);
    expect(forth.to).toEqual(GUIDE.to);
    expect(forth.rows.map(({ restored }) => restored)).toEqual([rachel?.new, zoe?.new]);
  });

  it('no other file is taken for it', () => {
    const refused = expect.objectContaining({ fault: expect.objectContaining({ code: 'invalid' }) });
    expect(() => readRollbackFile(JSON.stringify(GUIDE))).toThrow(refused);
  });
});
