import type { Voice } from '../../../shared/schemas/voice.ts';
import type { EspeakVoice } from './speech-commands.ts';
import { PROVIDER_ID, publicId } from './voice-ids.ts';

/** A tag in the usual case: `en-us` is `en-US`, `zh-hant` is `zh-Hant`. What is no valid tag stays as it is. */
function canonicalTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    return tag;
  }
}

/** Voices by the name in our id (`espeak/en-us`): the tag of the language, or the voice's file where two have one tag. */
export function namedVoices(voices: readonly EspeakVoice[]): Map<string, EspeakVoice> {
  const named = new Map<string, EspeakVoice>();
  for (const voice of voices) {
    const file = voice.identifier.slice(voice.identifier.lastIndexOf('/') + 1).toLowerCase();
    const tag = voice.languages[0] ?? file;
    named.set(named.has(tag) ? file : tag, voice);
  }
  return named;
}

/** A voice of eSpeak NG for the list. @param name as {@link namedVoices} gives it */
export function espeakVoice(name: string, voice: EspeakVoice): Voice {
  const accent = /\(([^)]+)\)/u.exec(voice.name)?.[1] ?? '';
  return {
    id: publicId(`espeak/${name}`),
    provider: PROVIDER_ID,
    model: 'espeak',
    name: voice.name,
    languages: [...new Set(voice.languages.map(canonicalTag))],
    accent,
    gender: 'male',
    description: `eSpeak NG, ${voice.name}: instant, clear and mechanical.`,
    experimental: false,
    blend: null,
  };
}
