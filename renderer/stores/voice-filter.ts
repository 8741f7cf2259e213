import type { Gender, Voice } from '../../shared/schemas/voice.ts';

/** What a person looks for among the voices; null where anything will do. */
export interface VoiceFilter {
  search: string;
  /** Base language, for example `en`. */
  language: string | null;
  accent: string | null;
  gender: Gender | null;
  /** A model of a provider, as `provider/model`. */
  model: string | null;
  favourites: boolean;
}

export const ANY_VOICE: VoiceFilter = {
  search: '',
  language: null,
  accent: null,
  gender: null,
  model: null,
  favourites: false,
};

/** The base language of a BCP 47 tag: `en` of `en-US`. */
export function baseLanguage(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? tag;
}

/** A language in the words of the page, for example “English (United States)” for `en-US`; the tag where unknown. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The provider and model of a voice as the filter names them. */
export function modelKey(voice: Pick<Voice, 'provider' | 'model'>): string {
  return `${voice.provider}/${voice.model}`;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What a voice is: the words of its row and its id. What else is told of it, anybody's words, counts for less. */
function identity(voice: Voice): string {
  const languages = voice.languages.map((tag) => `${tag} ${languageName(tag)}`).join(' ');
  return plain(`${voice.name} ${voice.id} ${voice.accent} ${voice.gender} ${languages} ${voice.model}`);
}

/** Tells for each word whether a word of the text begins so: “male” is no part of “female”. */
function beginsIn(text: string, words: readonly string[]): boolean {
  const found = text.split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => found.some((one) => one.startsWith(word)));
}

/** 0: the voice is called so; 1: it is so; 2: it is told of it; null: none of these. */
function closeness(voice: Voice, search: string): 0 | 1 | 2 | null {
  if (plain(voice.name) === search) return 0;
  const words = search.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const what = identity(voice);
  if (beginsIn(what, words)) return 1;
  return beginsIn(`${what} ${plain(voice.description)}`, words) ? 2 : null;
}

function fits(voice: Voice, filter: VoiceFilter, favourites: ReadonlySet<string>): boolean {
  if (filter.favourites && !favourites.has(voice.id)) return false;
  if (filter.language !== null && !voice.languages.some((tag) => baseLanguage(tag) === filter.language)) return false;
  if (filter.accent !== null && voice.accent !== filter.accent) return false;
  if (filter.gender !== null && voice.gender !== filter.gender) return false;
  return filter.model === null || modelKey(voice) === filter.model;
}

/**
 * The voices a filter lets through: for every word of the search, some word must begin so. Those that are called what
 * is looked for come first, then those that are it, then those it is only told of. Among these favourites and blends
 * come first, experimental voices last; otherwise the engine's own order is kept.
 */
export function filterVoices(voices: Voice[], filter: VoiceFilter, favourites: ReadonlySet<string>): Voice[] {
  const search = plain(filter.search).trim();
  const rank = (voice: Voice) => {
    if (favourites.has(voice.id)) return 0;
    if (voice.blend !== null) return 1;
    return voice.experimental ? 3 : 2;
  };
  return voices
    .filter((voice) => fits(voice, filter, favourites))
    .flatMap((voice, place) => {
      const close = closeness(voice, search);
      return close === null ? [] : [{ voice, place, close }];
    })
    .sort((a, b) => a.close - b.close || rank(a.voice) - rank(b.voice) || a.place - b.place)
    .map(({ voice }) => voice);
}

/** What can be chosen in each filter, sorted, of the voices there are; accents only of the language chosen. */
export function filterChoices(voices: Voice[], language: string | null) {
  const distinct = (values: string[]) => [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b));
  const ofLanguage = voices.filter(
    (voice) => language === null || voice.languages.some((tag) => baseLanguage(tag) === language),
  );
  return {
    languages: distinct(voices.flatMap((voice) => voice.languages.map(baseLanguage))).sort((a, b) =>
      languageName(a).localeCompare(languageName(b)),
    ),
    accents: distinct(ofLanguage.map((voice) => voice.accent)),
    models: distinct(voices.map(modelKey)),
  };
}
