import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../controls/controls.ts';
import { type FileNameParts, fileName, uniqueNames } from './file-name.ts';
import { settingsWords } from './settings-words.ts';

const PARTS: FileNameParts = {
  project: 'Audio guide',
  voice: 'Heart',
  line: 7,
  take: '0a1b2c3d',
  settings: '1.2x_-2st',
  name: 'Good morning',
  date: new Date(2026, 1, 3, 12).getTime(),
};

describe('a file name', () => {
  it('is filled in from its pattern', () => {
    const pattern = '{project}-{voice}-{line}-{take}-{settings}-{name}-{date}';
    expect(fileName(pattern, PARTS)).toBe('Audio_guide-Heart-007-0a1b2c3d-1.2x_-2st-Good_morning-2026-02-03');
  });

  it('leaves braces it does not know', () => {
    expect(fileName('{voice} {mood}', PARTS)).toBe('Heart_{mood}');
    expect(fileName('{voice} {constructor}', PARTS)).toBe('Heart_{constructor}');
  });

  it('keeps every script and drops what a system forbids', () => {
    expect(fileName('{name}', { ...PARTS, name: 'Äpfel/Birnen: 50 %? “ja” 日本語 <x>|*' })).toBe(
      'Äpfel_Birnen_50_%_“ja”_日本語_x',
    );
    expect(fileName('{name}', { ...PARTS, name: 'नमस्ते دوست می‌شوم' })).toBe('नमस्ते_دوست_می‌شوم');
    expect(fileName('{name}', { ...PARTS, name: 'exe\u202egpj.\u0007\ud800' })).toBe('exegpj');
  });

  it('leads nowhere but into its own folder', () => {
    expect(fileName('../../{name}', { ...PARTS, name: '..\\..\\etc/passwd' })).toBe('etc_passwd');
    expect(fileName('{name}', { ...PARTS, name: '...' })).toBe('take_0a1b2c3d');
    expect(fileName('{name}', { ...PARTS, name: '' })).toBe('take_0a1b2c3d');
  });

  it('is none that Windows keeps for a device', () => {
    for (const name of ['CON', 'nul', 'com1', 'LPT9', 'aux.txt']) {
      expect(fileName('{name}', { ...PARTS, name })).toBe(`_${name}`);
    }
    expect(fileName('{name}', { ...PARTS, name: 'console' })).toBe('console');
  });

  it('is cut, but not its suffix', () => {
    const name = fileName('{name}', { ...PARTS, name: 'x'.repeat(500) }, '-preview');
    expect(name).toHaveLength(120);
    expect(name.endsWith('x-preview')).toBe(true);
  });

  it('is safe whatever stands in it', () => {
    const words = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(words, words, words, (pattern, name, voice) => {
        const got = fileName(pattern, { ...PARTS, name, voice });
        expect(got.length).toBeGreaterThan(0);
        expect(got.length).toBeLessThanOrEqual(121);
        expect(new TextEncoder().encode(got).length).toBeLessThanOrEqual(201);
        expect(got).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cs}]|^\.|[. ]$/u);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe('names of one export', () => {
  it('are all different, whatever the case of their letters', () => {
    const unique = uniqueNames();
    expect(['a', 'A', 'a', 'b', 'a_2'].map(unique)).toEqual(['a', 'A_2', 'a_3', 'b', 'a_2_2']);
  });

  it('are found for a whole library of equal ones', () => {
    const unique = uniqueNames();
    const names = Array.from({ length: 10_000 }, () => unique('x'.repeat(120)));
    expect(new Set(names).size).toBe(10_000);
    expect(names.at(-1)).toBe(`${'x'.repeat(114)}_10000`);
  });
});

describe('settings in a name', () => {
  it('are what differs from neutral', () => {
    expect(settingsWords(NEUTRAL_SETTINGS)).toBe('neutral');
    const emotion = { name: 'happy', intensity: 0.5 } as const;
    expect(settingsWords({ ...NEUTRAL_SETTINGS, speed: 1.2, pitch: -2, volume: 3, emotion })).toBe(
      '1.2x_-2st_+3dB_happy0.5',
    );
  });
});
