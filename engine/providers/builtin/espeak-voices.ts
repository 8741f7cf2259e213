import type { Voice } from '../../../shared/schemas/voice.ts';
import { PROVIDER_ID, publicId } from './voice-ids.ts';
import type { EspeakVoice } from './worker-messages.ts';

/** A tag in the usual case: `en-us` is `en-US`, `zh-hant` is `zh-Hant`. What is no valid tag stays as it is. */
function canonicalTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    return tag;
  }
}

/** Name of a voice's language in eSpeak's id: `espeak/en-us`. */
export function espeakName(voice: EspeakVoice): string {
  return voice.languages[0] ?? voice.identifier;
}

export function espeakVoice(voice: EspeakVoice): Voice {
  const accent = /\(([^)]+)\)/u.exec(voice.name)?.[1] ?? '';
  return {
    id: publicId(`espeak/${espeakName(voice)}`),
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
