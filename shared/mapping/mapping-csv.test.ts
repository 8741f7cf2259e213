import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_ROWS } from '../schemas/mapping.ts';
import { csvRecords } from './csv-records.ts';
import { writeMappingCsv } from './mapping-csv.ts';
import { readMappingCsv } from './read-mapping-csv.ts';
import { GUIDE, someFile } from './testing/mappings.ts';

const CSV = writeMappingCsv(GUIDE);
const lines = CSV.slice(1).split('\r\n');

/** The columns of a file in another order. */
function turned(csv: string): string {
  const rows = csvRecords(csv.slice(1), ',').map(({ cells }) => cells);
  const width = rows[0]?.length ?? 0;
  return rows
    .map((cells) =>
      Array.from({ length: width }, (_, i) => `"${(cells[width - 1 - i] ?? '').replaceAll('"', '""')}"`).join(','),
    )
    .join('\n');
}

describe('a mapping as CSV', () => {
  it('has one row a voice, with its settings in columns of their own', () => {
    expect(CSV.startsWith('\ufeffold voice,old voice id,old model,')).toBe(true);
    expect(lines[0]).toContain(',new speed,new pitch st,new volume dB,new emotion,new emotion intensity,new seed,');
    expect(lines[0]).toContain(',new parameter exaggeration,new parameter cfg_weight,');
    expect(lines[1]).toMatch(
      /^Rachel,elevenlabs:21m00Tcm4TlvDq8ikWAM,eleven_multilingual_v2,en-US,female,American,Emily,/,
    );
    expect(lines[1]).toContain(',approved,Ada,2026-11-27T09:30:00.000Z,"A little brighter, fine.",0.31,-0.3,,0.04,');
    expect(lines[1]).toContain(',1.04,-0.5,2,calm,0.4,7,0.6,0.45,');
    expect(lines[2]).toContain('"chatterbox:reference/it\'s ""her"".wav"');
    expect(lines).toHaveLength(5);
  });

  it('comes back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(someFile(), (file) => {
        expect(readMappingCsv(writeMappingCsv(file))).toEqual({
          head: null,
          rows: file.rows,
          defaultRow: null,
          problems: [],
        });
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('lets no spreadsheet take a text for a formula', () => {
    fc.assert(
      fc.property(someFile(), (file) => {
        const [, ...records] = csvRecords(writeMappingCsv(file).slice(1), ',');
        for (const { cells } of records) {
          for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+@]|^\s*-(?![\d.])|^[\t\r\n]/u);
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('is read with its columns in any order, and with further ones', () => {
    expect(readMappingCsv(turned(CSV)).rows).toEqual(GUIDE.rows);
    const further = lines.map((line, i) => (line === '' ? line : `${i === 0 ? 'team' : 'x'},${line}`)).join('\n');
    expect(readMappingCsv(further).rows).toEqual(GUIDE.rows);
  });

  it('is read as spreadsheets of other languages write it', () => {
    const text = [
      'Old voice ID;New voice ID;Verdict;new SPEED;new pitch st;new parameter exaggeration;new parameter boost;distance',
      'elevenlabs:a;chatterbox:b;APPROVED;1,04;-0,5;0,6;TRUE;0,25',
    ].join('\n');
    const [row] = readMappingCsv(text).rows;
    expect(row).toMatchObject({
      old: { voiceId: 'elevenlabs:a', settings: null, gender: 'unknown' },
      new: {
        voiceId: 'chatterbox:b',
        settings: { speed: 1.04, pitch: -0.5, parameters: { exaggeration: 0.6, boost: true } },
      },
      verdict: 'approved',
      distance: 0.25,
    });
  });

  it('a bad row is told with its line, and the others come in', () => {
    const text = [
      'old voice id,old voice,new voice id,verdict,new speed,at,old gender',
      'e:1,"two',
      'lines",c:1,approved,,,',
      'e:2,,c:2,aproved,,,',
      'e:3,,c:3,,fast,,',
      'e:4,,c:4,,7,,',
      'e:5,,c:5,,,yesterday,',
      'e:6,,c:6,,,,,,more',
      'e:7,,"c:7"x,,,,',
      '',
      ',,,,,,',
      'e:8,,c:8,later,1.1,2026-11-27T09:30:00Z,MALE',
      'e:9,,"c:9',
    ].join('\r\n');
    const { rows, problems } = readMappingCsv(text);
    expect(rows.map(({ old }) => old.voiceId)).toEqual(['e:1', 'e:8']);
    expect(rows[0]?.old.voiceName).toBe('two\r\nlines');
    expect(problems).toEqual([
      'Line 4: “verdict” is “aproved”, which is none of approved, rejected, later.',
      'Line 5: “new speed” is “fast”, which is no figure.',
      expect.stringMatching(/^Line 6: among the new settings, “speed” is not right: .*2/u),
      expect.stringMatching(/^Line 7: “at” is not right: /u),
      'Line 8: it has 9 cells, the first line 7.',
      'Line 9: something stands behind a closing quotation mark.',
      'Line 13: a quotation mark in it is never closed.',
    ]);
  });

  it('what is no mapping is refused, and why is said', () => {
    const refused = (text: string) => {
      try {
        return readMappingCsv(text);
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
    expect(refused('')).toMatchObject(saying('invalid', 'empty'));
    expect(refused('name,age\r\nAda,36\r\n')).toMatchObject(saying('invalid', '“old voice id” and “new voice id”'));
    expect(refused('old voice id,new voice id,note,Note\r\n')).toMatchObject(saying('invalid', 'two columns “note”'));
    const many = `old voice id,new voice id\n${'e:1,c:1\n'.repeat(MOST_ROWS + 1)}`;
    expect(refused(many)).toMatchObject(saying('too_large', 'more than 1000 voices'));
  });
});
