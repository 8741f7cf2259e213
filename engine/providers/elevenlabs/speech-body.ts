import type { SpeechRequest } from '../provider.ts';
import { adaptTags } from '../speech/paralinguistic-tags.ts';
import type { StoredSettings } from './answers.ts';
import type { SpeechBody } from './client.ts';
import { emotionSettings, emotionTagged } from './emotion.ts';
import { languageCode, type ModelFacts } from './models.ts';
import { voiceSettings } from './settings.ts';

/**
 * The body of a request for speech: what the model honours and nothing else. What was set by hand goes before what the
 * emotion makes of it.
 *
 * @param stored what is kept with the voice; null where that is not known
 */
export function speechBody(request: SpeechRequest, facts: ModelFacts, stored: StoredSettings | null): SpeechBody {
  const { parameters, emotion, speed, language, seed } = request;
  const { text } = adaptTags(request.text, facts.tags ? 'elevenlabs' : 'none');
  const body: SpeechBody = { text: emotionTagged(facts, text, emotion), model_id: facts.id };
  const code = languageCode(facts, language);
  if (code !== null) body.language_code = code;
  const asked = { ...emotionSettings(facts, emotion, stored), ...parameters };
  // Where the voice's own speed is not known, normal speed may as well be that one.
  const settings = voiceSettings(facts, stored, asked, stored === null && speed === 1 ? null : speed);
  if (Object.keys(settings).length > 0) body.voice_settings = settings;
  if (seed !== null) body.seed = seed;
  if (!facts.stitches) return body;
  for (const name of ['previous_text', 'next_text'] as const) {
    const value = parameters[name];
    if (typeof value === 'string' && value.trim() !== '') body[name] = value;
  }
  return body;
}
