import { describe, expect, it } from 'vitest';
import type { Voice } from '../../shared/schemas/voice.ts';
import { ANY_VOICE, filterChoices, filterVoices, languageName } from './voice-filter.ts';

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
    expect(filter({ model: 'builtin/espeak' })).toEqual(['Jürgen']);
    expect(filter({ favourites: true, accent: 'American' })).toEqual(['Heart']);
  });

  it('offers what there is, and accents of the chosen language only', () => {
    expect(filterChoices(VOICES, null).languages).toEqual(['en', 'fr', 'de']);
    expect(filterChoices(VOICES, 'en').accents).toEqual(['American', 'British']);
    expect(filterChoices(VOICES, null).models).toEqual(['builtin/espeak', 'builtin/kokoro']);
  });

  it('calls a language by its name, and one it does not know by its tag', () => {
    expect(languageName('de')).toBe('German');
    expect(languageName('not a tag')).toBe('not a tag');
  });
});
