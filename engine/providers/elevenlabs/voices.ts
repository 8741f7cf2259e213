import type { Gender, Voice } from '../../../shared/schemas/voice.ts';
import type { ListedVoice, StoredSettings } from './answers.ts';

/** A voice of an account, with what only ElevenLabs' voices have. */
export interface ElevenLabsVoice {
  voice: Voice;
  /** Where a recording of it is, which is asked for without the key; null where there is none. */
  preview: string | null;
  /** What it costs, times the usual. */
  rate: number;
}

/** What of a voice is not told by the voice itself. */
export interface AboutVoices {
  /** The provider's id, which is the prefix of its voices. */
  provider: string;
  /** Models that speak it, the one that is offered first before the others. */
  models: readonly string[];
  /** Settings kept with the voice, where they are known from elsewhere than the list. */
  stored: StoredSettings | null;
}

const GENDERS: Readonly<Record<string, Gender>> = {
  female: 'female',
  male: 'male',
  neutral: 'neutral',
  'non-binary': 'neutral',
  'gender-neutral': 'neutral',
};

const inWords = (label: string) => label.replace(/[_-]+/gu, ' ').trim();
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The tag as it is usually written; null where it is none. */
function tag(text: string | null): string | null {
  if (text === null || !/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/iu.test(text)) return null;
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null;
  } catch {
    // It looks like one and is none: two regions, for example.
    return null;
  }
}

/** Languages, the one it is labelled with first, with their region where that is told. */
function languagesOf({ verified_languages }: ListedVoice, labelled: string | null): string[] {
  const verified = (verified_languages ?? []).flatMap(({ language, locale }) => tag(locale) ?? tag(language) ?? []);
  const main = tag(labelled);
  if (main === null) return [...new Set(verified)];
  const ofMain = (language: string) => language === main || language.startsWith(`${main}-`);
  const first = verified.find(ofMain) ?? main;
  return [...new Set([first, ...verified])];
}

function previewOf(url: string | null): string | null {
  return url !== null && /^https?:/iu.test(url) && URL.canParse(url) ? url : null;
}

/** The models of a voice: the one offered first, those that speak it best, and all others. */
function modelsOf({ high_quality_base_model_ids }: ListedVoice, [first, ...others]: readonly string[]): string[] {
  const best = new Set(high_quality_base_model_ids ?? []);
  const rank = (model: string) => (best.has(model) ? 0 : 1);
  return first === undefined ? [] : [first, ...others.toSorted((a, b) => rank(a) - rank(b))];
}

/** What a voice is labelled with, but for what stands elsewhere already: language, accent, gender. */
function labelsOf({ category, labels }: ListedVoice): string[] {
  const told = Object.entries(labels ?? {}).flatMap(([name, value]) =>
    ['language', 'accent', 'gender', 'locale'].includes(name) || typeof value !== 'string' ? [] : [inWords(value)],
  );
  return [...new Set([category ?? '', ...told])].filter((label) => label !== '');
}

/** A voice as the studio knows it. */
export function elevenLabsVoice(listed: ListedVoice, { provider, models, stored }: AboutVoices): ElevenLabsVoice {
  const label = (name: string): string | null => {
    const value = listed.labels?.[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const accent = label('accent');
  const traits = [label('age'), label('use_case') ?? label('use case'), label('descriptive') ?? label('description')];
  const own = listed.description?.trim();
  const start = listed.settings ?? stored;
  const speaking = modelsOf(listed, models);
  return {
    voice: {
      id: `${provider}:${listed.voice_id}`,
      provider,
      model: speaking[0] ?? '',
      models: speaking,
      name: listed.name?.trim() || listed.voice_id,
      languages: languagesOf(listed, label('language')),
      accent: accent === null ? '' : capital(inWords(accent)),
      gender: GENDERS[label('gender')?.toLowerCase().replaceAll('_', '-') ?? ''] ?? 'unknown',
      description: [own, capital(traits.flatMap((trait) => (trait === null ? [] : inWords(trait))).join(', '))]
        .filter(Boolean)
        .join(' '),
      labels: labelsOf(listed),
      ...(start ? { start: { ...start } } : {}),
      experimental: false,
      blend: null,
    },
    preview: previewOf(listed.preview_url),
    rate: listed.sharing?.rate ?? 1,
  };
}
