import { describe, expect, it } from 'vitest';
import type { Voice } from '../../shared/schemas/voice.ts';
import { ANY_VOICE, filterChoices, filterVoices, languageName, sourceChoices } from './voice-filter.ts';

function voice(id: string, more: Partial<Voice> = {}): Voice {
  return {
    id,
    provider: 'builtin',
    model: 'kokoro',
    name: id,
    languages: ['en-US'],
    accent: 'American',
    gender: 'female',
    description: '',
    experimental: false,
    blend: null,
    ...more,
  };
}

const VOICES = [
  voice('Heart'),
  voice('Siwis', { languages: ['fr-FR'], accent: 'French', experimental: true }),
  voice('Emma', { languages: ['en-GB'], accent: 'British' }),
  voice('Jürgen', { model: 'espeak', languages: ['de'], accent: '', gender: 'male' }),
  voice('Mine', { blend: [{ voice: 'a', weight: 1 }] }),
];
const FAR = [
  voice('Rachel', { provider: 'far', model: 'v3', models: ['v3', 'flash'], labels: ['calm'] }),
  voice('George', { provider: 'far', model: 'v3', labels: ['calm', 'narration', 'old'] }),
];
const names = (voices: Voice[]) => voices.map(({ name }) => name);

describe('finding a voice', () => {
  it('puts favourites first, then blends, and experimental ones last', () => {
    expect(names(filterVoices(VOICES, ANY_VOICE, new Set(['Emma'])))).toEqual([
      'Emma',
      'Mine',
      'Heart',
      'Jürgen',
      'Siwis',
    ]);
  });

  it('finds every word anywhere, without regard to accents on letters', () => {
    const search = (words: string) => names(filterVoices(VOICES, { ...ANY_VOICE, search: words }, new Set()));
    expect(search('jurgen')).toEqual(['Jürgen']);
    expect(search('british FEMALE')).toEqual(['Emma']);
    expect(search('german male')).toEqual(['Jürgen']);
    expect(search('british male nobody')).toEqual([]);
  });

  it('finds words by how they begin, and what a voice is before what is told of it', () => {
    const told = voice('Alpha', { languages: ['hi'], accent: '', description: 'Its phonemes come from elsewhere.' });
    const search = (words: string) =>
      names(
        filterVoices([voice('Afrikaans', { accent: '' }), told, ...VOICES], { ...ANY_VOICE, search: words }, new Set()),
      );
    expect(search('fr')).toEqual(['Siwis', 'Alpha']);
    expect(search('male')).toEqual(['Jürgen']);
  });

  it('puts the one that is called so first', () => {
    const named = [voice('Heart'), voice('American', { model: 'espeak' })];
    expect(names(filterVoices(named, { ...ANY_VOICE, search: 'american' }, new Set()))).toEqual(['American', 'Heart']);
  });

  it('narrows by language, accent, gender, model and favourites together', () => {
    const filter = (change: Partial<typeof ANY_VOICE>) =>
      names(filterVoices(VOICES, { ...ANY_VOICE, ...change }, new Set(['Heart', 'Emma'])));
    expect(filter({ language: 'en' })).toEqual(['Heart', 'Emma', 'Mine']);
    expect(filter({ language: 'en', accent: 'British' })).toEqual(['Emma']);
    expect(filter({ gender: 'male' })).toEqual(['Jürgen']);
    expect(filter({ source: 'builtin/espeak' })).toEqual(['Jürgen']);
    expect(filter({ source: 'builtin' })).toHaveLength(VOICES.length);
    expect(filter({ source: 'elsewhere' })).toEqual([]);
    expect(filter({ favourites: true, accent: 'American' })).toEqual(['Heart']);
  });

  it('offers what there is, and accents of the chosen language only', () => {
    expect(filterChoices(VOICES, null).languages).toEqual(['en', 'fr', 'de']);
    expect(filterChoices(VOICES, 'en').accents).toEqual(['American', 'British']);
    expect(filterChoices(VOICES, null).labels).toEqual([]);
  });

  it('finds labels, and narrows by one', () => {
    const labelled = [...FAR, ...VOICES];
    expect(filterChoices(labelled, null).labels).toEqual(['calm', 'narration', 'old']);
    const found = (change: Partial<typeof ANY_VOICE>) =>
      names(filterVoices(labelled, { ...ANY_VOICE, ...change }, new Set()));
    expect(found({ label: 'calm' })).toEqual(['Rachel', 'George']);
    expect(found({ search: 'narr' })).toEqual(['George']);
    expect(found({ search: 'calm old', label: 'calm' })).toEqual(['George']);
  });

  it('offers providers with their models where there are several, and finds a voice by each of its models', () => {
    const nameOf = (id: string) => ({ far: 'Far away', near: 'Near', builtin: 'Built-in' })[id] ?? id;
    const models = [
      { id: 'v3', provider: 'far', name: 'Version 3' },
      { id: 'flash', provider: 'far', name: 'Flash' },
      { id: 'kokoro', provider: 'builtin', name: 'Kokoro' },
    ];
    expect(sourceChoices(VOICES, models, nameOf)).toEqual([
      { value: 'builtin/espeak', label: 'espeak', under: false },
      { value: 'builtin/kokoro', label: 'Kokoro', under: false },
    ]);
    const all = [...VOICES, ...FAR, voice('Lone', { provider: 'near', model: 'only' })];
    expect(sourceChoices(all, models, nameOf)).toEqual([
      { value: 'builtin', label: 'Built-in', under: false },
      { value: 'builtin/espeak', label: 'espeak', under: true },
      { value: 'builtin/kokoro', label: 'Kokoro', under: true },
      { value: 'far', label: 'Far away', under: false },
      { value: 'far/flash', label: 'Flash', under: true },
      { value: 'far/v3', label: 'Version 3', under: true },
      { value: 'near', label: 'Near', under: false },
    ]);
    const of = (source: string) => names(filterVoices(all, { ...ANY_VOICE, source }, new Set()));
    expect(of('far')).toEqual(['Rachel', 'George']);
    expect(of('far/flash')).toEqual(['Rachel']);
  });

  it('searches thousands of voices', () => {
    const many = Array.from({ length: 5000 }, (_, i) => voice(`Voice ${i}`, { labels: ['calm', `tone ${i % 40}`] }));
    expect(filterVoices(many, { ...ANY_VOICE, search: 'calm voice 49' }, new Set())).toHaveLength(111);
  });

  it('calls a language by its name, and one it does not know by its tag', () => {
    expect(languageName('de')).toBe('German');
    expect(languageName('not a tag')).toBe('not a tag');
  });
});
