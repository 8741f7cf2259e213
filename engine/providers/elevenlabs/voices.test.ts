import { expect, it } from 'vitest';
import { listedVoice, peerVoices } from '../../../e2e/peers/elevenlabs-voices.ts';
import { Voice } from '../../../shared/schemas/voice.ts';
import { VoicePage } from './answers.ts';
import { type AboutVoices, elevenLabsVoice } from './voices.ts';

const ABOUT: AboutVoices = {
  provider: 'mine',
  models: ['eleven_v3', 'eleven_v4', 'eleven_flash_v2_5'],
  stored: null,
};
const read = (voices: unknown[]) => VoicePage.parse({ voices }).voices.map((voice) => elevenLabsVoice(voice, ABOUT));
const one = (fields: object) => {
  const [voice] = read([{ voice_id: 'v', ...fields }]);
  if (!voice) throw new Error('There is no voice.');
  return voice;
};

it('tells a voice in the studio’s words', () => {
  const voices = read(peerVoices(1).map((voice) => listedVoice(voice, 'http://127.0.0.1:1')));
  for (const { voice } of voices) Voice.parse(voice);
  const named = (name: string) => voices.find(({ voice }) => voice.name === name);
  expect(named('George')).toEqual({
    voice: {
      id: 'mine:JBFqnCBsd6RMkjVDRZzb',
      provider: 'mine',
      model: 'eleven_v3',
      // All of them; those that ElevenLabs recommends for it before the others.
      models: ['eleven_v3', 'eleven_flash_v2_5', 'eleven_v4'],
      name: 'George',
      languages: ['en-GB'],
      accent: 'British',
      gender: 'male',
      description: 'A middle-aged male voice for narrative story. Middle aged, narrative story, classy',
      labels: ['premade', 'middle aged', 'narrative story', 'classy'],
      experimental: false,
      blend: null,
    },
    preview: 'http://127.0.0.1:1/previews/JBFqnCBsd6RMkjVDRZzb.mp3',
    rate: 1,
  });
  expect(named('Lena')).toMatchObject({ voice: { languages: ['de-DE', 'en-US'], gender: 'female' }, rate: 2 });
  expect(named('River')).toMatchObject({ voice: { gender: 'neutral' } });
  expect(named('Clone 1')).toMatchObject({
    voice: { languages: [], accent: '', gender: 'unknown', description: '' },
    preview: null,
  });
});

it('puts the language of the label first, with its region where that is told', () => {
  const verified_languages = [
    { language: 'en', model_id: 'm', locale: 'en-us' },
    { language: 'pt', model_id: 'm', locale: 'pt_br' },
    { language: 'pt', model_id: 'm2', locale: 'pt-BR' },
    { language: 'Klingon' },
  ];
  expect(one({ labels: { language: 'pt' }, verified_languages }).voice.languages).toEqual(['pt-BR', 'en-US']);
  expect(one({ labels: { language: 'de' }, verified_languages }).voice.languages).toEqual(['de', 'en-US', 'pt-BR']);
  expect(one({ labels: { language: 'English' } }).voice.languages).toEqual([]);
});

it('takes a voice of which nothing is told but its id', () => {
  expect(one({}).voice).toMatchObject({ name: 'v', gender: 'unknown' });
  expect(one({ name: 7, labels: 'none', verified_languages: {}, preview_url: 1, sharing: [] })).toMatchObject({
    voice: { name: 'v', languages: [] },
    preview: null,
    rate: 1,
  });
  expect(one({ labels: { gender: 'non-binary', accent: null } }).voice).toMatchObject({
    gender: 'neutral',
    accent: '',
  });
  expect(one({ preview_url: 'file:///etc/passwd' }).preview).toBeNull();
  expect(read([{ name: 'without an id' }, null])).toEqual([]);
});

it('takes no language that only looks like a tag', () => {
  const verified_languages = [{ language: 'en', locale: 'en-US-US' }, { language: 'zh-Hans-Hans' }];
  expect(one({ labels: { language: 'en-aa-bb' }, verified_languages }).voice.languages).toEqual(['en']);
});

it('begins its sliders where its stored settings stand', () => {
  const stored = { stability: 0.3, similarity_boost: 0.9, style: 0.2, use_speaker_boost: false, speed: 1.1 };
  expect(one({ settings: stored }).voice.start).toEqual(stored);
  expect(one({ settings: null }).voice.start).toBeUndefined();
  const [listed] = VoicePage.parse({ voices: [{ voice_id: 'v' }] }).voices;
  if (!listed) throw new Error('There is no voice.');
  expect(elevenLabsVoice(listed, { ...ABOUT, stored }).voice.start).toEqual(stored);
  expect(one({ settings: { stability: 0.4, style: 'much' } }).voice.start).toMatchObject({ stability: 0.4, style: 0 });
});
