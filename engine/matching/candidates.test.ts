import { describe, expect, it } from 'vitest';
import type { Voice } from '../../shared/schemas/voice.ts';
import { sourceVoice } from '../library/test-mapping.ts';
import { candidatesFor } from './candidates.ts';

const TO = { kind: 'provider', provider: 'new', modelId: null } as const;
const source = sourceVoice('old:a', { language: 'en-US', gender: 'female', accent: 'American' });

const voice = (name: string, more: Partial<Voice> = {}): Voice => ({
  id: `new:${name}`,
  provider: 'new',
  model: 'one',
  name,
  languages: ['en'],
  accent: '',
  gender: 'unknown',
  description: '',
  experimental: false,
  blend: null,
  ...more,
});
const namesOf = (...[from, voices, side, any]: Parameters<typeof candidatesFor>) => {
  const { voices: found, leftOut } = candidatesFor(from, voices, side, any);
  return { names: found.map(({ name }) => name), leftOut };
};

describe('candidates', () => {
  it('are of the language and gender, and what is not labelled may be anything', () => {
    const voices = [
      voice('plain'),
      voice('british', { languages: ['en-GB'], gender: 'female' }),
      voice('neutral', { gender: 'neutral' }),
      voice('untold', { languages: [] }),
      voice('man', { gender: 'male' }),
      voice('german', { languages: ['de'] }),
      voice('both', { languages: ['de', 'en'] }),
    ];
    expect(namesOf(source, voices, TO, false)).toEqual({
      names: ['plain', 'british', 'neutral', 'untold', 'both'],
      leftOut: 2,
    });
    expect(namesOf(source, voices, TO, true)).toMatchObject({ leftOut: 0, names: { length: 7 } });
    const unlabelled = sourceVoice(null, { language: null, gender: 'unknown' });
    expect(namesOf(unlabelled, voices, TO, false)).toMatchObject({ leftOut: 0 });
  });

  it('are of the accent where any is, whatever its case', () => {
    const us = voice('us', { accent: 'american' });
    const gb = voice('gb', { accent: 'British' });
    expect(namesOf(source, [us, gb], TO, false)).toEqual({ names: ['us'], leftOut: 1 });
    expect(namesOf(source, [gb], TO, false)).toEqual({ names: ['gb'], leftOut: 0 });
  });

  it('are of the new side and its model, and never the old voice itself', () => {
    const both = voice('both', { models: ['one', 'two'] });
    const voices = [voice('first'), both, voice('elsewhere', { provider: 'other', id: 'other:x' })];
    expect(namesOf(source, voices, { ...TO, modelId: 'two' }, false).names).toEqual(['both']);
    expect(namesOf(source, voices, TO, false).names).toEqual(['first', 'both']);
    expect(namesOf({ ...source, voiceId: 'new:first' }, voices, TO, true).names).toEqual(['both']);
    expect(namesOf(source, voices, { kind: 'recordings' }, true).names).toEqual([]);
  });
});
