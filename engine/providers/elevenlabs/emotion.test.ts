import { expect, it } from 'vitest';
import type { EmotionName } from '../../../shared/controls/controls.ts';
import type { SpeechRequest } from '../provider.ts';
import { emotionOf } from './emotion.ts';
import { usualFacts } from './models.ts';
import { USUAL_SETTINGS } from './settings.ts';
import { speechBody } from './speech-body.ts';
import { REQUEST } from './testing/with-peer.ts';

const stored = { ...USUAL_SETTINGS, stability: 0.65, style: 0.1 };
const body = (model: string, more: Partial<SpeechRequest>) =>
  speechBody({ ...REQUEST, text: 'Hello.', ...more }, usualFacts(model), stored);
const feeling = (name: EmotionName, intensity: number) => ({ emotion: { name, intensity } });

it('goes from the voice’s own settings to the whole emotion in a straight line', () => {
  const at = (intensity: number) => body('eleven_multilingual_v2', feeling('angry', intensity)).voice_settings;
  expect(at(0)).toMatchObject({ stability: 0.65, style: 0.1 });
  expect(at(0.5)).toMatchObject({ stability: 0.45, style: 0.4 });
  expect(at(1)).toMatchObject({ stability: 0.25, style: 0.7 });
  expect(body('eleven_multilingual_v2', feeling('neutral', 1)).voice_settings).toMatchObject({
    stability: 0.65,
    style: 0.1,
  });
});

it('puts what was set by hand before the emotion', () => {
  const parameters = { stability: 0.9 };
  expect(body('eleven_multilingual_v2', { ...feeling('angry', 1), parameters }).voice_settings).toMatchObject({
    stability: 0.9,
    style: 0.7,
  });
});

it('is a tag where there are tags, from half the intensity on', () => {
  expect(body('eleven_v3', feeling('whispering', 0.5)).text).toBe('[whispers] Hello.');
  expect(body('eleven_v4', feeling('happy', 1)).text).toBe('[happy] Hello.');
  expect(body('eleven_v3', feeling('whispering', 0.49)).text).toBe('Hello.');
  expect(body('eleven_v3', feeling('happy', 1)).voice_settings).toEqual({ stability: 0.5 });
});

it('offers what a model can do, and says that nobody has measured it', () => {
  const of = (model: string) => emotionOf(usualFacts(model));
  expect(of('eleven_v3').names).toContain('whispering');
  expect(of('eleven_multilingual_v2').names).not.toContain('whispering');
  for (const model of ['eleven_v3', 'eleven_multilingual_v2']) expect(of(model).note).toContain('not measured');
  expect(of('eleven_flash_v2_5').names).toEqual([]);
  expect(body('eleven_flash_v2_5', feeling('angry', 1)).text).toBe('Hello.');
});

it('says tags in the model’s own words, and takes them out where they would be read aloud', () => {
  const text = '[laugh] Hello. [whispers] Bye.';
  expect(body('eleven_v3', { text }).text).toBe('[laughs] Hello. [whispers] Bye.');
  expect(body('eleven_multilingual_v2', { text }).text).toBe('Hello. Bye.');
});

it('tells the texts around it only to models that take them', () => {
  const parameters = { previous_text: 'Before.', next_text: ' ', timings: true, nonsense: 1 };
  expect(body('eleven_flash_v2_5', { parameters })).toMatchObject({ previous_text: 'Before.' });
  expect(body('eleven_flash_v2_5', { parameters })).not.toHaveProperty('next_text');
  expect(body('eleven_v3', { parameters })).not.toHaveProperty('previous_text');
  expect(Object.keys(body('eleven_v3', { parameters })).sort()).toEqual([
    'language_code',
    'model_id',
    'seed',
    'text',
    'voice_settings',
  ]);
});

it('sends no settings at all where neither is known nor asked for any', () => {
  const plain = speechBody({ ...REQUEST, language: null, seed: null }, usualFacts('eleven_flash_v2_5'), null);
  expect(plain).toEqual({ text: REQUEST.text, model_id: 'eleven_flash_v2_5' });
  expect(speechBody({ ...REQUEST, speed: 1.1 }, usualFacts('eleven_flash_v2_5'), null).voice_settings).toEqual({
    speed: 1.1,
  });
});
