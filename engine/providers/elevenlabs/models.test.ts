import { expect, it } from 'vitest';
import { fieldsOf } from '../../../e2e/peers/elevenlabs-document.ts';
import { listedModel, PEER_MODELS } from '../../../e2e/peers/elevenlabs-models.ts';
import { Model } from '../../../shared/schemas/voice.ts';
import { ModelList } from './answers.ts';
import { languageCode, type ModelFacts, modelFacts } from './models.ts';
import { USUAL_SETTINGS, voiceSettings } from './settings.ts';
import { studioModel } from './studio-model.ts';

const listed = ModelList.parse(PEER_MODELS.map(listedModel));
const facts = modelFacts(listed);

function fact(id: string, among: readonly ModelFacts[] = facts): ModelFacts {
  const found = among.find((one) => one.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
}

it('knows what each model honours, as the document has it', () => {
  const of = (id: string) => [...fact(id).settings, ...(fact(id).speed ? ['speed'] : [])].sort();
  expect(of('eleven_multilingual_v2')).toEqual(fieldsOf('TtsVoiceSettings').sort());
  expect(of('eleven_flash_v2_5')).toEqual(fieldsOf('ElevenFlashV2_5VoiceSettings').sort());
  expect(of('eleven_v3')).toEqual(fieldsOf('ElevenV3VoiceSettings').sort());
  for (const model of PEER_MODELS.filter(({ speaks }) => speaks)) {
    const { tags, maxCharacters, fast, creditsPerCharacter } = fact(model.id);
    expect([model.id, of(model.id), tags, maxCharacters, fast, creditsPerCharacter]).toEqual([
      model.id,
      [...model.honours].sort(),
      model.tags,
      model.most,
      model.fast,
      model.credits,
    ]);
    expect(!fact(model.id).stitches || model.stitches).toBe(true);
  }
});

it('lists what speaks', () => {
  expect(facts.map(({ id }) => id)).toEqual(PEER_MODELS.filter(({ speaks }) => speaks).map(({ id }) => id));
  for (const one of facts) Model.parse(studioModel('elevenlabs', one));
  const can = (id: string) => studioModel('mine', fact(id)).capabilities;
  const names = (id: string) => can(id).parameters.map(({ name }) => name);
  expect(studioModel('mine', fact('eleven_v3'))).toMatchObject({ provider: 'mine', id: 'eleven_v3' });
  expect(can('eleven_v3')).toMatchObject({
    speed: null,
    parameters: [
      { name: 'stability', step: 0.5 },
      { name: 'timings', kind: 'switch', default: false },
    ],
    maxCharacters: 5000,
    tags: { family: 'elevenlabs' },
  });
  expect(can('eleven_v4').tags?.list).toContainEqual({ tag: 'whispers', experimental: false });
  expect(can('eleven_flash_v2_5').tags).toBeUndefined();
  expect(names('eleven_flash_v2_5')).toEqual([
    'stability',
    'similarity_boost',
    'previous_text',
    'next_text',
    'timings',
  ]);
  expect(can('eleven_multilingual_v2').speed).toEqual({ min: 0.7, max: 1.2 });
});

it('goes by what a model tells of its limit, and by what is known where it does not', () => {
  const [told] = modelFacts(ModelList.parse([{ model_id: 'eleven_v3', maximum_text_length_per_request: 3000 }]));
  expect(told).toMatchObject({ name: 'Eleven v3', maxCharacters: 3000, languages: [] });
  expect(fact('eleven_v3', modelFacts(null))).toMatchObject({ maxCharacters: 5000, stabilitySteps: true });
});

it('promises little of a model nobody knows, and does not stumble over what is missing', () => {
  const [next, ...none] = modelFacts(ModelList.parse([{ model_id: 'eleven_v9', languages: 'all', name: null }, {}, 7]));
  expect(none).toEqual([]);
  expect(next).toMatchObject({
    name: 'eleven_v9',
    settings: ['stability', 'similarity_boost'],
    speed: null,
    tags: false,
    stitches: false,
    creditsPerCharacter: null,
  });
});

it('says the language only to models that heed it and speak it', () => {
  expect(languageCode(fact('eleven_flash_v2_5'), 'de-AT')).toBe('de');
  expect(languageCode(fact('eleven_flash_v2_5'), 'cy')).toBeNull();
  expect(languageCode(fact('eleven_v3'), 'cy')).toBe('cy');
  expect(languageCode(fact('eleven_multilingual_v2'), 'de')).toBeNull();
  expect(languageCode(fact('eleven_flash_v2_5'), null)).toBeNull();
});

it('sends everything the model honours and nothing else', () => {
  const stored = { ...USUAL_SETTINGS, stability: 0.3, style: 0.2, speed: 1.1 };
  const of = (id: string, asked: Parameters<typeof voiceSettings>[2], speed: number | null = null) =>
    voiceSettings(fact(id), stored, asked, speed);
  expect(of('eleven_multilingual_v2', { stability: 0.8, use_speaker_boost: false })).toEqual({
    stability: 0.8,
    similarity_boost: 0.75,
    style: 0.2,
    use_speaker_boost: false,
    speed: 1.1,
  });
  expect(of('eleven_flash_v2_5', { style: 1 }, 0.9)).toEqual({ stability: 0.3, similarity_boost: 0.75, speed: 0.9 });
  expect(of('eleven_v4', {}, 0.9)).toEqual({ stability: 0.3, similarity_boost: 0.75 });
  expect(of('eleven_flash_v2_5', { stability: 7, similarity_boost: 'high' }, 2)).toEqual({
    stability: 1,
    similarity_boost: 0.75,
    speed: 1.2,
  });
});

it.each([
  [0, 0],
  [0.2, 0],
  [0.3, 0.5],
  [0.74, 0.5],
  [0.75, 1],
  [1, 1],
])('has three steps of stability on v3: %f is %f', (asked, sent) => {
  expect(voiceSettings(fact('eleven_v3'), USUAL_SETTINGS, { stability: asked }, null)).toEqual({ stability: sent });
  expect(voiceSettings(fact('eleven_v3'), { ...USUAL_SETTINGS, stability: asked }, {}, null)).toEqual({
    stability: sent,
  });
});

it('sends only what was asked for where it is not known what the voice has stored', () => {
  expect(voiceSettings(fact('eleven_multilingual_v2'), null, {}, null)).toEqual({});
  expect(voiceSettings(fact('eleven_multilingual_v2'), null, { style: 0.4 }, 1.1)).toEqual({ style: 0.4, speed: 1.1 });
});
