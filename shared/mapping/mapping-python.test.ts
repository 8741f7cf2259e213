import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isApproved, type MappingFile } from './mapping-file.ts';
import { readMappingPython, writeMappingPython } from './mapping-python.ts';
import { rollbackFile, rollbackMapping } from './rollback-file.ts';
import { broughtBack, fileOfSingles, GUIDE } from './testing/mappings.ts';

const [rachel, zoe] = GUIDE.rows;

/** A voice with every kind of value, and with texts that would end a literal, a line or a comment. */
const HOSTILE: MappingFile = {
  ...GUIDE,
  name: 'Guide\n"""\nimport os',
  rows: rachel?.new
    ? [
        {
          ...rachel,
          old: { ...rachel.old, voiceId: 'elevenlabs:say "hi"\\', voiceName: "it's\r\n\t\u0000\u007f\u2028 \u202eabc" },
          new: {
            ...rachel.new,
            voiceId: 'chatterbox:日本語 😀 {x} %s',
            modelId: null,
            settings: {
              ...rachel.new.settings,
              seed: null,
              parameters: { boost: true, quiet: false, tiny: 1e-7, huge: 1e21, less: -0.5, text: '\ud800\u{e0041}' },
            },
          },
        },
      ]
    : [],
};

/** Written by hand by the rules of The Python Language Reference, 2.4. */
const EXPECTED = String.raw`
CHATTERBOX_CONFIG = {
    "say \"hi\"\\": {
        "replaces": {"provider": "elevenlabs", "name": "it's\r\n\t\u0000\u007f\u2028 \u202eabc"},
        "provider": "chatterbox",
        "voice_id": "日本語 😀 {x} %s",
        "name": "Emily",
        "settings": {"speed": 1.04, "pitch": 0.971532, "volume": 1.258925, "emotion": "calm"},
        "emotion_intensity": 0.4,
        "parameters": {
            "boost": True,
            "quiet": False,
            "tiny": 1e-7,
            "huge": 1e+21,
            "less": -0.5,
            "text": "\ud800\U000e0041",
        },
        "seed": None,
        "audio_format": {"sample_rate": 16000, "bit_depth": 16, "channels": 1, "codec": "pcm_s16le"},
    },
}
`;

describe('a mapping as a Python module', () => {
  it('is a dictionary of plain literals', () => {
    const text = writeMappingPython(HOSTILE, { sample_rate: 16_000, bit_depth: 16, channels: 1, codec: 'pcm_s16le' });
    const [comments, dictionary] = [
      text.slice(0, text.indexOf('\nCHATTERBOX')),
      text.slice(text.indexOf('\nCHATTERBOX')),
    ];
    expect(dictionary).toBe(EXPECTED);
    for (const line of comments.split('\n')) expect(line).toMatch(/^(#.*)?$/u);
    expect(comments).toContain('“Guide """ import os”');
  });

  it('comes back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(fileOfSingles(), (file) => {
        const approved = file.rows.filter(isApproved);
        fc.pre(approved.length > 0);
        const { rows, problems } = readMappingPython(writeMappingPython(file));
        expect(problems).toEqual([]);
        expect(rows).toHaveLength(approved.length);
        expect(rows).toEqual(expect.arrayContaining(approved.map(broughtBack)));
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('is called for the provider it leads to', () => {
    expect(writeMappingPython(rollbackMapping(rollbackFile(GUIDE)))).toMatch(/^ELEVEN_LABS_CONFIG = \{$/mu);
  });

  it('is read after a formatter and a person went over it', () => {
    const text = [
      'import os',
      '',
      'CHATTERBOX_CONFIG: dict[str, dict] = {  # Rachel',
      "    'a': {",
      "        'replaces': {'provider': 'elevenlabs', 'name': 'R\\xe4chel \"R\"'}, 'provider': 'chatterbox',",
      "        'voice_id': 'b', 'name': '', 'settings': {'speed': 1.0, 'pitch': 1.0, 'volume': .5, 'emotion': 'sad'},",
      "        'emotion_intensity': 1, 'parameters': {}, 'seed': None,",
      "        'audio_format': {'sample_rate': 8000, 'bit_depth': 16, 'channels': 1, 'codec': 'pcm_s16le'}",
      '    }',
      '}',
      'print(os.getpid())',
    ].join('\r\n');
    expect(readMappingPython(text)).toMatchObject({
      rows: [
        {
          old: { voiceId: 'elevenlabs:a', voiceName: 'Rächel "R"' },
          new: { voiceId: 'chatterbox:b', settings: { speed: 1, pitch: 0, volume: -6.021, emotion: { name: 'sad' } } },
        },
      ],
      problems: [],
    });
  });

  it('what is computed or damaged is refused with its line, and a voice that does not fit is told', () => {
    const text = writeMappingPython(GUIDE);
    const refused = (written: string) => () => readMappingPython(written);
    expect(refused('x = 1\n')).toThrow('There is no CHATTERBOX_CONFIG in the file.');
    expect(refused('CHATTERBOX_CONFIG = {\n  "a": load(),\n}')).toThrow('in line 2 “load” is no plain value');
    expect(refused('CHATTERBOX_CONFIG = {\n  "a": "b\n}')).toThrow('in line 2 a text is not closed');
    expect(refused('CHATTERBOX_CONFIG = {"a": 1, "a": 2}')).toThrow('“a” stands twice');
    expect(refused('CHATTERBOX_CONFIG = {"a": 1')).toThrow('“}” is missing');
    expect(refused('CHATTERBOX_CONFIG = {"a" 1}')).toThrow('“:” is missing');
    expect(refused('CHATTERBOX_CONFIG = {"a": "\\N{BELL}"}')).toThrow('escape');
    expect(refused('CHATTERBOX_CONFIG = {"a": "\\U00110000"}')).toThrow('no character');
    expect(refused(`CHATTERBOX_CONFIG = ${'{"a": '.repeat(5000)}`)).toThrow('nested too deeply');
    expect(refused('CHATTERBOX_CONFIG = None')).toThrow('no dictionary');
    const one = readMappingPython(text.replace('"emotion": "calm"', '"emotion": "clam"'));
    expect(one.rows).toEqual(zoe ? [broughtBack(zoe)] : []);
    expect(one.problems).toEqual([expect.stringMatching(/^“21m00Tcm4TlvDq8ikWAM”: “settings\.emotion” is not right/u)]);
  });
});
