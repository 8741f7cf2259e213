import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFault } from '../errors.ts';
import { agentVoices } from './agent-voice.ts';
import { envJson, envValue } from './env-values.ts';
import { readMappingEnv, writeMappingEnv } from './mapping-env.ts';
import { isApproved } from './mapping-file.ts';
import { rollbackFile, rollbackMapping } from './rollback-file.ts';
import { broughtBack, GUIDE, hostileText, someFile, someRow } from './testing/mappings.ts';

/** What a POSIX shell makes of a word that is quoted as a whole (POSIX.1-2024, 2.2 Quoting); null where it expands. */
function shellWord(word: string): string | null {
  const [, single, double] = /^(?:'([^']*)'|"([^"\\$`]*)")$/u.exec(word) ?? [];
  return single ?? double ?? null;
}

/** What python-dotenv makes of it: it takes `\\` and `\'` in single quotes for escapes, and `${...}` for a variable. */
function pythonValue(word: string): string | null {
  const [, quote, inner = ''] = /^(['"])(.*)\1$/su.exec(word) ?? [];
  const value = quote === "'" ? inner.replace(/\\([\\'])/gu, '$1') : inner;
  return value.includes('$' + '{') ? null : value;
}

/** Ids as providers have them: those of any language, and with quotes, blanks and paths. */
const ids = fc.constantFrom(
  '21m00Tcm4TlvDq8ikWAM',
  'predefined/Zoë 1.wav',
  "it's.wav",
  'say "hi"',
  'C:\\x',
  'a=b #c',
  'a:b',
);

const TEXT = writeMappingEnv(GUIDE);

describe('a value', () => {
  it('is read alike by a shell and by every reader of .env files, or is not written', () => {
    fc.assert(
      fc.property(hostileText(80), (text) => {
        let word: string;
        try {
          word = envValue('A', text);
        } catch (thrown) {
          expect(toFault(thrown)).toMatchObject({
            code: 'unsupported',
            kept: expect.any(String),
            todo: expect.any(String),
          });
          return;
        }
        expect(parseEnv(`A=${word}\nB='after'`)).toEqual({ A: text, B: 'after' });
        expect(shellWord(word)).toBe(text);
        expect(pythonValue(word)).toBe(text);
      }),
      { seed: 5, numRuns: 1000 },
    );
  });

  it('with a quote of one kind is written in the other', () => {
    expect(envValue('A', 'Emily.wav')).toBe("'Emily.wav'");
    expect(envValue('A', 'say "$5"')).toBe(`'say "$5"'`);
    expect(envValue('A', "it's")).toBe(`"it's"`);
    for (const value of [`it's "5"`, "it's $5", 'two\nlines', 'ends with \\', 'a\\\\b', '\ud800']) {
      expect(() => envValue('A', value), value).toThrow('cannot be written');
    }
  });

  it('as JSON can be anything', () => {
    fc.assert(
      fc.property(hostileText(200), (text) => {
        const word = envJson({ text });
        for (const read of [parseEnv(`A=${word}`).A, shellWord(word), pythonValue(word)]) {
          expect(JSON.parse(read ?? '')).toEqual({ text });
        }
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});

describe('a mapping as .env lines', () => {
  it('names the default voice as the gateway reads it, and every approved one in a variable', () => {
    const lines = TEXT.split('\n');
    expect(lines[0]).toContain('“Audio guide”');
    expect(lines).toEqual(
      expect.arrayContaining([
        '# Who speaks where no voice is named: Rachel -> Emily',
        "TTS_PROVIDER='chatterbox'",
        "CHATTERBOX_VOICE_ID='predefined/Emily.wav'",
        "CHATTERBOX_MODEL_ID='original'",
        `CHATTERBOX_VOICE_SETTINGS='{"speed":1.04,"pitch":0.971532,"volume":1.258925,"emotion":"calm"}'`,
        `CHATTERBOX_VOICE_PARAMETERS='{"exaggeration":0.6,"cfg_weight":0.45}'`,
        "VOICE_MAPPING_COUNT='2'",
        "VOICE_MAPPING_DEFAULT='1'",
        '# Zoë “Z” 😀 -> Her',
      ]),
    );
    const read = parseEnv(TEXT);
    expect(agentVoices(GUIDE).map(({ key, voice }) => ({ id: key, ...voice }))).toEqual([
      JSON.parse(read.VOICE_MAPPING_1 ?? ''),
      JSON.parse(read.VOICE_MAPPING_2 ?? ''),
    ]);
  });

  it('takes the voice for the default that a person chose, unless it is not approved', () => {
    const rows = GUIDE.rows.map((row) => (row.new ? { ...row, new: { ...row.new, voiceId: 'chatterbox:her' } } : row));
    const [first, second, third] = rows;
    if (!first || !second || !third) throw new Error('The guide has three rows.');
    const file = { ...GUIDE, rows: [third, first, second] };
    const text = writeMappingEnv(file, { defaultRow: 2 });
    expect(parseEnv(text)).toMatchObject({ CHATTERBOX_VOICE_ID: 'her', VOICE_MAPPING_DEFAULT: '2' });
    expect(text).not.toMatch(/^CHATTERBOX_MODEL_ID|^CHATTERBOX_VOICE_PARAMETERS/mu);
    expect(readMappingEnv(text).defaultRow).toBe(1);
    for (const defaultRow of [0, 7]) expect(() => writeMappingEnv(file, { defaultRow })).toThrow('not approved');
  });

  it('leads back to the side that was left by its own variables', () => {
    expect(parseEnv(writeMappingEnv(rollbackMapping(rollbackFile(GUIDE))))).toMatchObject({
      TTS_PROVIDER: 'elevenlabs',
      ELEVEN_LABS_VOICE_ID: '21m00Tcm4TlvDq8ikWAM',
      ELEVEN_LABS_MODEL_ID: 'eleven_multilingual_v2',
      ELEVEN_LABS_VOICE_PARAMETERS: '{"stability":0.5,"use_speaker_boost":true}',
    });
  });

  it('comes back as it was, and sets no variable of anybody else, whatever stands in it', () => {
    fc.assert(
      fc.property(someFile(someRow(ids), 1), (file) => {
        const approved = file.rows.filter(isApproved);
        fc.pre(approved.length > 0);
        const text = writeMappingEnv(file);
        expect(readMappingEnv(text)).toEqual({
          head: null,
          rows: approved.map(broughtBack),
          defaultRow: 0,
          problems: [],
        });
        for (const name of Object.keys(parseEnv(text))) {
          expect(name).toMatch(/^(TTS_PROVIDER|CHATTERBOX_(VOICE|MODEL)_[A-Z]+|VOICE_MAPPING_(COUNT|DEFAULT|\d+))$/u);
        }
        expect(text).not.toMatch(/[\u2028\u2029\r]/u);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('is read with other variables around it, and a damaged voice is told', () => {
    const others = `export OTHER=1 # one\n\r\nNAME = "a'b"\nnot a variable\n`;
    expect(readMappingEnv(others + TEXT).rows).toHaveLength(2);
    expect(readMappingEnv(`\ufeff${TEXT.replaceAll('\n', '\r\n')}`).problems).toEqual([]);
    const damaged = readMappingEnv(TEXT.replace('"provider":"chatterbox",', ''));
    expect(damaged.rows.map(({ old }) => old.voiceName)).toEqual(['Zoë “Z” 😀']);
    expect(damaged).toMatchObject({
      defaultRow: null,
      problems: [expect.stringMatching(/^Line 16: VOICE_MAPPING_1 cannot be read\. “provider”/u)],
    });
    expect(readMappingEnv(TEXT.replace(/^VOICE_MAPPING_2=.*$/mu, '')).problems).toEqual([
      'VOICE_MAPPING_COUNT says 2, and the file has 1.',
    ]);
    expect(() => readMappingEnv("CHATTERBOX_VOICE_ID='a'\n")).toThrow('no VOICE_MAPPING_1');
  });
});
