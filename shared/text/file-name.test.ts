import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../controls/controls.ts';
import { type NamedTake, settingsInName, takeFileName } from './file-name.ts';

const named: NamedTake = {
  project: 'Spring: ads/2',
  settings: { ...NEUTRAL_SETTINGS, speed: 1.25, pitch: -1.5, emotion: { name: 'calm', intensity: 0.4 } },
  take: {
    id: '3f2b8c1e-0000-4000-8000-000000000000',
    name: '',
    text: 'Good evening, and welcome to the long programme of tonight.',
    voiceName: 'Heart',
    voiceId: 'builtin:kokoro/af_heart',
    createdAt: Date.UTC(2026, 10, 22),
  },
};

describe('takeFileName', () => {
  it('fills in every variable', () => {
    const name = takeFileName('{date} {project} {voice} {take} {settings} {line}', named);
    expect(name).toBe(
      '2026-11-22 Spring ads 2 Heart 3f2b8c1e 1.25x_-1.5st_calm40 Good evening, and welcome to the long',
    );
  });

  it('takes the name before the text, and leaves unknown variables', () => {
    const take = { ...named.take, name: 'Opening' };
    expect(takeFileName('{name}-{who}', { ...named, take })).toBe('Opening-{who}');
  });

  it('makes a name of anything that every system takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (pattern, text) => {
        const name = takeFileName(pattern, { ...named, take: { ...named.take, text, name: text } });
        expect(name).not.toBe('');
        expect([...name].length).toBeLessThanOrEqual(121);
        expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}]|^[. ]|[. ]$/u);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('does not use the names of devices', () => {
    expect(takeFileName('NUL', named)).toBe('_NUL');
    expect(takeFileName('../..', named)).toBe('3f2b8c1e');
  });
});

describe('settingsInName', () => {
  it('says neutral when nothing differs', () => {
    expect(settingsInName(NEUTRAL_SETTINGS)).toBe('neutral');
  });
});
