import type { MappingSide, SourceVoice } from '../../shared/schemas/mapping.ts';
import type { Voice } from '../../shared/schemas/voice.ts';
import { languageFamily } from '../text/language.ts';

/** Voices that may take the place of another one, and how many were left out by their labels. */
export interface Candidates {
  voices: Voice[];
  leftOut: number;
}

/** Whether a voice of one side can speak there with the model that was chosen. */
export function isOfSide(voice: Voice, side: MappingSide): boolean {
  if (side.kind !== 'provider' || voice.provider !== side.provider) return false;
  return side.modelId === null || voice.model === side.modelId || (voice.models ?? []).includes(side.modelId);
}

function sameLanguage({ languages }: Voice, { language }: SourceVoice): boolean {
  if (language === null || languages.length === 0) return true;
  return languages.some((own) => languageFamily(own) === languageFamily(language));
}

/** What is not labelled, or as neutral, may be anything. */
function sameGender({ gender }: Voice, source: SourceVoice): boolean {
  const told = [gender, source.gender].every((one) => one === 'female' || one === 'male');
  return !told || gender === source.gender;
}

const sameAccent = ({ accent }: Voice, source: SourceVoice) =>
  accent === '' || source.accent === '' || accent.toLowerCase() === source.accent.toLowerCase();

/**
 * Voices of the new side whose labels agree with the old voice's: language and gender, and the accent where any has it.
 *
 * @param anyLabels compares all of them
 */
export function candidatesFor(
  source: SourceVoice,
  voices: readonly Voice[],
  side: MappingSide,
  anyLabels: boolean,
): Candidates {
  const all = voices.filter((voice) => isOfSide(voice, side) && voice.id !== source.voiceId);
  if (anyLabels) return { voices: all, leftOut: 0 };
  const labelled = all.filter((voice) => sameLanguage(voice, source) && sameGender(voice, source));
  const accented = labelled.filter((voice) => sameAccent(voice, source));
  const kept = accented.length > 0 ? accented : labelled;
  return { voices: kept, leftOut: all.length - kept.length };
}
