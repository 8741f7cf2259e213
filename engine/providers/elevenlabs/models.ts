import type { ListedModel } from './answers.ts';
import type { Setting } from './settings.ts';

/** Speed where a model has it: the server refuses anything outside. */
const SPEED = { min: 0.7, max: 1.2 };

/** What is known of a model, and what it tells of itself. */
export interface ModelFacts {
  id: string;
  name: string;
  description: string;
  /** Settings that are heard. The others are taken and have no effect. */
  settings: readonly Setting[];
  /** Times normal; null where the model has no speed. */
  speed: { min: number; max: number } | null;
  /** Stability has three steps only: creative, natural, robust. */
  stabilitySteps: boolean;
  /** Words in square brackets are stage directions; elsewhere they are read aloud. */
  tags: boolean;
  /** Takes `previous_text` and `next_text`. */
  stitches: boolean;
  /** Heeds `language_code`. */
  language: boolean;
  /** BCP 47 tags; empty where they are not told. */
  languages: string[];
  /** Most characters one request may have. */
  maxCharacters: number;
  /** Counts among the fast ones, of which twice as many may be spoken at once. */
  fast: boolean;
  /** Credits for a character: an estimate, the answer's `character-cost` is what counts. Null where not known. */
  creditsPerCharacter: number | null;
}

type Known = Omit<ModelFacts, 'id' | 'name' | 'description' | 'languages'>;

const usual: Known = {
  settings: ['stability', 'similarity_boost', 'style', 'use_speaker_boost'],
  speed: SPEED,
  stabilitySteps: false,
  tags: false,
  stitches: true,
  language: false,
  maxCharacters: 10_000,
  fast: false,
  creditsPerCharacter: 0.4,
};
const fast: Known = {
  ...usual,
  settings: ['stability', 'similarity_boost'],
  language: true,
  maxCharacters: 40_000,
  fast: true,
  creditsPerCharacter: 0.2,
};
const v3: Known = {
  ...usual,
  settings: ['stability'],
  speed: null,
  stabilitySteps: true,
  tags: true,
  stitches: false,
  language: true,
  maxCharacters: 5000,
};
const v4: Known = { ...v3, settings: ['stability', 'similarity_boost'], stabilitySteps: false, maxCharacters: 10_000 };

/**
 * The models of November 2026. Settings: the schemas of `POST /v1/flows/text-to-speech`, for v4 measured 2026-09-28;
 * what `/v1/models` says of style and boost is not what is heard. Credits: billed 2026-10-05 for v3 and Flash v2.5, which
 * fits the prices of all of them at elevenlabs.io/pricing/api, 2026-10-06.
 */
const KNOWN: Readonly<Record<string, Known & { name: string; note?: string }>> = {
  eleven_v4: { ...v4, name: 'Eleven v4' },
  eleven_v4_turbo: { ...v4, name: 'Eleven v4 Turbo', stitches: true, fast: true, creditsPerCharacter: 0.2 },
  eleven_v3: { ...v3, name: 'Eleven v3' },
  eleven_v3_conversational: { ...v3, name: 'Eleven v3 Conversational', creditsPerCharacter: 0.2 },
  eleven_multilingual_v2: { ...usual, name: 'Eleven Multilingual v2' },
  eleven_flash_v2_5: { ...fast, name: 'Eleven Flash v2.5' },
  eleven_flash_v2: { ...fast, name: 'Eleven Flash v2', maxCharacters: 30_000 },
  eleven_turbo_v2_5: { ...fast, name: 'Eleven Turbo v2.5', note: 'Flash v2.5 has taken its place.' },
  eleven_turbo_v2: { ...fast, name: 'Eleven Turbo v2', maxCharacters: 30_000, note: 'Flash v2 has taken its place.' },
};

/** A model nobody here has heard: only what all have in common. Its speed is the studio's. */
const UNKNOWN: Known = {
  ...usual,
  settings: ['stability', 'similarity_boost'],
  speed: null,
  stitches: false,
  maxCharacters: 5000,
  creditsPerCharacter: null,
};

/** Models of an account that are taken: each voice names all of them. */
const MOST_MODELS = 200;

const factsOf = (id: string, listed: ListedModel | null): ModelFacts => {
  const { name = id, note, ...known } = { ...(KNOWN[id] ?? { ...UNKNOWN, name: undefined, note: undefined }) };
  return {
    ...known,
    id,
    name: listed?.name ?? name,
    description: [listed?.description, note].filter(Boolean).join(' '),
    languages: listed?.languages?.map(({ language_id }) => language_id) ?? [],
    maxCharacters: listed?.maximum_text_length_per_request ?? known.maxCharacters,
    fast: KNOWN[id]?.fast ?? listed?.concurrency_group?.includes('turbo') ?? false,
  };
};

/** What is known of a model whose account was not asked. */
export const usualFacts = (id: string): ModelFacts => factsOf(id, null);

/**
 * What is known of the models of an account.
 *
 * @param listed what `/v1/models` lists; null where the key may not read it
 */
export function modelFacts(listed: readonly ListedModel[] | null): ModelFacts[] {
  if (listed === null) return Object.keys(KNOWN).map((id) => factsOf(id, null));
  return listed
    .slice(0, MOST_MODELS)
    .filter(({ can_do_text_to_speech }) => can_do_text_to_speech !== false)
    .map((model) => factsOf(model.model_id, model));
}

/**
 * The `language_code` of a text for a model; null where the model goes by the text alone or does not speak the language.
 *
 * @param language BCP 47 tag
 */
export function languageCode({ language: heeded, languages }: ModelFacts, language: string | null): string | null {
  const code = language?.split('-')[0]?.toLowerCase() ?? null;
  return heeded && code !== null && (languages.length === 0 || languages.includes(code)) ? code : null;
}
