import { expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { TextReport } from '../../shared/schemas/text.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import { checkText } from './check-text.ts';

const voice: Voice = {
  id: 'builtin:kokoro/af_heart',
  provider: 'builtin',
  model: 'kokoro',
  name: 'Heart',
  languages: ['en-US'],
  accent: 'American',
  gender: 'female',
  description: '',
  experimental: false,
  blend: null,
};

it('reports text, characters, language and length', () => {
  const report = checkText({ text: ' <b>Good morning</b>, how are you all today? ', voice });
  expect(report).toMatchObject({
    text: 'Good morning, how are you all today?',
    characters: 36,
    removed: ['markup'],
    reworded: [],
    language: { tag: 'en', name: 'English', sure: true },
    mismatch: null,
  });
  expect(TextReport.parse({ ...report, cost: null })).toEqual({ ...report, cost: null });
});

it('says which tags are left out, and which the model is told by another name', () => {
  const model: Model = {
    id: 'turbo',
    provider: 'chatterbox',
    name: 'Turbo',
    description: '',
    sampleRate: 24_000,
    capabilities: {
      speed: null,
      pitch: null,
      volume: null,
      emotion: { names: [], note: 'none' },
      seed: null,
      parameters: [],
      tags: { family: 'chatterbox', list: [{ tag: 'laugh', experimental: false }] },
      maxCharacters: 100,
      streams: true,
    },
  };
  const text = '[laughs] Good [gunshot] morning [laughs] <b>to you</b>.';
  expect(checkText({ text, voice, model })).toMatchObject({
    text: '[laugh] Good morning [laugh] to you.',
    removed: ['markup', '[gunshot]: this model would read it aloud'],
    reworded: ['[laughs]: said in this model’s own words'],
  });
});

it('says that the voice does not speak the language of the text', () => {
  const { mismatch } = checkText({ text: 'Guten Morgen, wie geht es Ihnen heute?', voice });
  expect(mismatch).toContain('German');
});

it('never fails while one types', () => {
  expect(checkText({ text: '', voice })).toMatchObject({
    text: '',
    characters: 0,
    language: null,
    estimatedSeconds: 0,
  });
  expect(checkText({ text: 'a'.repeat(20_000), voice }).characters).toBe(20_000);
});

it('counts speed and pauses into the length', () => {
  const text = 'Good morning, how are you all today?';
  const normal = checkText({ text, voice }).estimatedSeconds;
  const fast = checkText({ text, voice, settings: { ...NEUTRAL_SETTINGS, speed: 2 } }).estimatedSeconds;
  expect(fast).toBeCloseTo(normal / 2);
  expect(checkText({ text: `${text} [pause 2s]`, voice }).estimatedSeconds).toBeCloseTo(normal + 2);
});
