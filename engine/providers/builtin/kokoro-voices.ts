import type { Voice } from '../../../shared/schemas/voice.ts';
import type { StoredBlend } from '../../library/library.ts';
import { KOKORO_LANGUAGES, type KokoroLanguage } from './kokoro-text.ts';
import { KOKORO_VOICE_FILES, type KokoroVoiceFile } from './kokoro-voice-files.ts';
import { localId, PROVIDER_ID, parseVoiceId, publicId, unknownVoice } from './voice-ids.ts';

/** Language of a Kokoro voice by the first letter of its name (`af_heart`). @throws FaultError unknown_voice */
export function languageOfVoice(name: string): KokoroLanguage {
  const found = KOKORO_LANGUAGES.find(({ letter }) => letter === name[0]);
  if (!found) throw unknownVoice(`kokoro/${name}`);
  return found;
}

function displayName(id: string): string {
  const name = id.slice(id.indexOf('_') + 1);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function describe({ id, grade }: KokoroVoiceFile, language: KokoroLanguage): string {
  const about = [`Kokoro, ${language.accentName} ${language.name}`];
  if (id === 'af_nicole') about.push('whispers');
  if (grade !== null) about.push(`graded ${grade} by its makers`);
  const doubt = language.doubt === null ? '' : ` Experimental: ${language.doubt}.`;
  return `${about.join(', ')}.${doubt}`;
}

function fileVoice(file: KokoroVoiceFile): Voice {
  const language = languageOfVoice(file.id);
  return {
    id: publicId(`kokoro/${file.id}`),
    provider: PROVIDER_ID,
    model: 'kokoro',
    name: displayName(file.id),
    languages: [language.tag],
    accent: language.accentName,
    gender: file.id[1] === 'f' ? 'female' : 'male',
    description: describe(file, language),
    experimental: language.doubt !== null,
    blend: null,
  };
}

/** Names of two voices in a blend, with weights that sum to 1. */
export function blendParts(blend: StoredBlend): { name: string; weight: number }[] {
  const sum = blend.parts.reduce((total, part) => total + part.weight, 0);
  return blend.parts.map((part) => ({ name: parseVoiceId(part.voice).name, weight: part.weight / sum }));
}

/** A stored blend as a voice: languages and accent of its first part. */
export function blendVoice(blend: StoredBlend): Voice {
  const parts = blendParts(blend);
  const voices = parts.map(({ name }) => fileVoice(fileOf(name)));
  const [first = fileVoice(fileOf('af_heart')), second = first] = voices;
  const shares = parts.map(({ name, weight }) => `${Math.round(weight * 100)} % ${displayName(name)}`).join(' and ');
  return {
    ...first,
    id: publicId(localId(blend.id)),
    name: blend.name,
    gender: first.gender === second.gender ? first.gender : 'neutral',
    description: `Kokoro blend of ${shares}.`,
    experimental: first.experimental || second.experimental,
    blend: parts.map(({ name, weight }) => ({ voice: publicId(`kokoro/${name}`), weight })),
  };
}

/** What the ids of blends begin with, which no voice's own id does. */
export const BLEND_PREFIX = 'kokoro/blend-';

/**
 * The blends that can be spoken here. One that came in with a project file of elsewhere may be of voices that are not
 * there, or bear the id of a voice that is; it is kept, and not offered.
 */
export function usableBlends(blends: StoredBlend[]): StoredBlend[] {
  const own = new Set(KOKORO_VOICE_FILES.map(({ id }) => `kokoro/${id}`));
  return blends.filter(
    ({ id, parts }) => localId(id).startsWith(BLEND_PREFIX) && parts.every(({ voice }) => own.has(localId(voice))),
  );
}

function fileOf(name: string): KokoroVoiceFile {
  const file = KOKORO_VOICE_FILES.find(({ id }) => id === name);
  if (!file) throw unknownVoice(`kokoro/${name}`);
  return file;
}

/** Kokoro's own voices, the best graded ones of each language first. */
export function kokoroVoices(): Voice[] {
  const rank = (file: KokoroVoiceFile) => 'A A- B B- C+ C C- D+ D D- F+'.split(' ').indexOf(file.grade ?? 'C');
  return KOKORO_LANGUAGES.flatMap(({ letter }) =>
    KOKORO_VOICE_FILES.filter(({ id }) => id.startsWith(letter))
      .sort((a, b) => rank(a) - rank(b))
      .map(fileVoice),
  );
}
