import type { Gender, Model, Voice } from '../../shared/schemas/voice.ts';

/** What a person looks for among the voices; null where anything will do. */
export interface VoiceFilter {
  search: string;
  /** Base language, for example `en`. */
  language: string | null;
  accent: string | null;
  gender: Gender | null;
  /** A provider's id, or one of its models as `provider/model`. */
  source: string | null;
  /** What it is labelled with. */
  label: string | null;
  favourites: boolean;
}

export const ANY_VOICE: VoiceFilter = {
  search: '',
  language: null,
  accent: null,
  gender: null,
  source: null,
  label: null,
  favourites: false,
};

/** The base language of a BCP 47 tag: `en` of `en-US`. */
export function baseLanguage(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? tag;
}

const NAMES = new Intl.DisplayNames('en', { type: 'language' });
const namesFound = new Map<string, string>();

/** A language in the words of the page, for example “English (United States)” for `en-US`; the tag where unknown. */
export function languageName(tag: string): string {
  const found = namesFound.get(tag);
  if (found !== undefined) return found;
  let name = tag;
  try {
    name = NAMES.of(tag) ?? tag;
  } catch {
    // It is no tag.
  }
  namesFound.set(tag, name);
  return name;
}

/** The models that can speak a voice, each with its provider as the filter names them. */
function modelKeys({ provider, model, models = [] }: Pick<Voice, 'provider' | 'model' | 'models'>): string[] {
  return [...new Set([model, ...models])].map((one) => `${provider}/${one}`);
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The words a voice is found by. */
interface Findable {
  name: string;
  /** What it is: the words of its row, its id and its labels. */
  is: string[];
  /** What else is told of it, anybody's words, counts for less. */
  told: string[];
}

/** Thousands of voices are searched with every key, and their words stay the same. */
const findables = new WeakMap<Voice, Findable>();

function findable(voice: Voice): Findable {
  const known = findables.get(voice);
  if (known) return known;
  const { name, id, accent, gender, model, labels = [] } = voice;
  const languages = voice.languages.flatMap((tag) => [tag, languageName(tag)]);
  const is = wordsOf([name, id, accent, gender, ...languages, model, ...labels].join(' '));
  const made = { name: plain(name), is, told: [...is, ...wordsOf(voice.description)] };
  findables.set(voice, made);
  return made;
}

/** Tells for each word whether one of those found begins so: “male” is no part of “female”. */
function beginsIn(found: readonly string[], words: readonly string[]): boolean {
  return words.every((word) => found.some((one) => one.startsWith(word)));
}

/** 0: the voice is called so; 1: it is so; 2: it is told of it; null: none of these. */
function closeness(voice: Voice, search: string, words: readonly string[]): 0 | 1 | 2 | null {
  const { name, is, told } = findable(voice);
  if (name === search) return 0;
  if (beginsIn(is, words)) return 1;
  return beginsIn(told, words) ? 2 : null;
}

function fits(voice: Voice, filter: VoiceFilter, favourites: ReadonlySet<string>): boolean {
  if (filter.favourites && !favourites.has(voice.id)) return false;
  if (filter.language !== null && !voice.languages.some((tag) => baseLanguage(tag) === filter.language)) return false;
  if (filter.accent !== null && voice.accent !== filter.accent) return false;
  if (filter.gender !== null && voice.gender !== filter.gender) return false;
  if (filter.label !== null && !voice.labels?.includes(filter.label)) return false;
  return filter.source === null || voice.provider === filter.source || modelKeys(voice).includes(filter.source);
}

/**
 * The voices a filter lets through: for every word of the search, some word must begin so. Those that are called what
 * is looked for come first, then those that are it, then those it is only told of. Among these favourites and blends
 * come first, experimental voices last; otherwise the engine's own order is kept.
 */
export function filterVoices(voices: Voice[], filter: VoiceFilter, favourites: ReadonlySet<string>): Voice[] {
  const search = plain(filter.search).trim();
  const words = wordsOf(search);
  const rank = (voice: Voice) => {
    if (favourites.has(voice.id)) return 0;
    if (voice.blend !== null) return 1;
    return voice.experimental ? 3 : 2;
  };
  return voices
    .filter((voice) => fits(voice, filter, favourites))
    .flatMap((voice, place) => {
      const close = closeness(voice, search, words);
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
    labels: distinct(voices.flatMap((voice) => voice.labels ?? [])),
  };
}

/** A provider or a model to choose by, as the filter names it. */
export interface SourceChoice {
  value: string;
  label: string;
  /** It is a model of the provider above it. */
  under: boolean;
}

/**
 * The providers that have voices and, under each, its models where several speak them. Where there is one provider, only
 * its models: the provider would leave nothing out.
 */
export function sourceChoices(
  voices: Voice[],
  models: readonly Pick<Model, 'id' | 'provider' | 'name'>[],
  nameOf: (provider: string) => string,
): SourceChoice[] {
  const byName = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label);
  const used = new Set(voices.flatMap(modelKeys));
  const names = new Map(models.map(({ provider, id, name }) => [`${provider}/${id}`, name]));
  const providers = [...new Set(voices.map(({ provider }) => provider))].map((id) => ({ id, label: nameOf(id) }));
  return providers.sort(byName).flatMap(({ id, label }) => {
    const its = [...used].filter((key) => key.startsWith(`${id}/`));
    const under = providers.length > 1;
    const choices = its
      .map((value) => ({ value, label: names.get(value) ?? value.slice(id.length + 1), under }))
      .sort(byName);
    if (!under) return choices;
    return [{ value: id, label, under: false }, ...(choices.length > 1 ? choices : [])];
  });
}
