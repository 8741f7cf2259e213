import type { Model, Voice } from '../../../shared/schemas/voice.ts';
import { languageName } from '../../stores/voice-filter.ts';

/** The model's name without the provider, for example “Kokoro”. */
export function modelName(voice: Voice, models: Model[]): string {
  return models.find((model) => model.id === voice.model && model.provider === voice.provider)?.name ?? voice.model;
}

/** Language and accent in words: “English (United States)”, or “English, American” where the tag names no region. */
export function speaks(voice: Voice): string {
  const tag = voice.languages[0];
  if (tag === undefined) return voice.accent;
  const name = languageName(tag);
  return tag.includes('-') || voice.accent === '' || name.includes(voice.accent) ? name : `${name}, ${voice.accent}`;
}

/**
 * What a voice is, in one line: model, language, gender, and the parts of a blend.
 * @param provider who speaks it, in words, where that is to be told
 */
export function about(voice: Voice, voices: Voice[], models: Model[], provider: string | null = null): string {
  const nameOf = (id: string) => voices.find((part) => part.id === id || part.id.endsWith(`:${id}`))?.name ?? id;
  const parts = voice.blend?.map(({ voice: id, weight }) => `${Math.round(weight * 100)} % ${nameOf(id)}`).join(' + ');
  const gender = voice.gender === 'unknown' ? null : voice.gender;
  const model = modelName(voice, models);
  return [provider === model ? null : provider, model, parts ?? speaks(voice), gender].filter(Boolean).join(' · ');
}
