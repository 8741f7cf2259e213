import type { SourceVoice } from '../../../shared/schemas/mapping.ts';
import { languageName } from '../../stores/voice-filter.ts';

export {
  choiceName,
  costWords,
  distanceWords,
  rowWords,
  STANDING_WORDS,
  settingWords,
  sourceName,
} from '../../../shared/matching/mapping-words.ts';

/** What a voice is labelled with, in one line: “English (United States) · female”. */
export function labelWords({ language, gender, accent }: Pick<SourceVoice, 'language' | 'gender' | 'accent'>): string {
  const name = language ? languageName(language) : '';
  const region = accent !== '' && !name.includes(accent) && !(language ?? '').includes('-') ? accent : '';
  return [name, region, gender === 'unknown' ? '' : gender].filter((word) => word !== '').join(' · ');
}

/** About how long something takes: “40 s”, “14 min”, “3 h 20 min”. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** “1 voice”, “17 voices”. */
export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
