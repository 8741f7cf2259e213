import type { Take } from '../../shared/schemas/take.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import { countCharacters } from '../../shared/text/sanitise.ts';
import { sentencesOf } from '../../shared/text/sentences.ts';
import { detectLanguage, languageFamily } from '../text/language.ts';
import { spokenWords } from './spoken-words.ts';

/** Texts of the old voice that a candidate speaks, too. */
export const SHARED_TEXTS = 2;
/** Most characters of such a text: about 15 s of speech, which is enough, and what every model takes. */
export const SHARED_CHARACTERS = 250;

/** A text that both voices speak. */
export interface SharedText {
  /** As the new voice speaks it. */
  text: string;
  /** Takes in which the old voice speaks it. */
  takeIds: string[];
  /** Whether it is all that is said in them: then their durations can be compared. */
  same: boolean;
}

/** What a voice can speak. */
export interface Speaker {
  maxCharacters: number;
  /** BCP 47 tags; none where they are not known. */
  languages: readonly string[];
}

/** What a voice can speak with a model; the usual, where that is not known. */
export function speakerOf(voice: Pick<Voice, 'languages'> | undefined, model: Model | undefined): Speaker {
  return {
    maxCharacters: model?.capabilities.maxCharacters ?? SHARED_CHARACTERS,
    languages: voice?.languages ?? [],
  };
}

/** The first whole sentences of a text, or of a very long one its first clause or words; null where nothing is left. */
function cut(text: string, most: number): string | null {
  let end = 0;
  for (const sentence of sentencesOf(text)) {
    if (countCharacters(text.slice(0, sentence.end).trimEnd()) > most) break;
    end = sentence.end;
  }
  if (end > 0) return text.slice(0, end).trim();
  const start = [...text].slice(0, most).join('');
  const clause = Math.max(...[', ', '; ', ': ', ' – ', '，', '、'].map((mark) => start.lastIndexOf(mark)));
  const words = start.lastIndexOf(' ');
  const at = clause > most / 2 ? clause : words;
  return at > 0 ? start.slice(0, at).trim() : null;
}

function speaks({ languages }: Speaker, text: string): boolean {
  const found = detectLanguage(text);
  if (!found?.sure || languages.length === 0) return true;
  return languages.map(languageFamily).includes(languageFamily(found.tag));
}

/**
 * Texts that the old voice was heard in and that another one can speak as well: without tags, in its languages, and no
 * longer than its model takes. First those that the old voice says just so, and of these the longest: they say most.
 */
export function sharedTexts(takes: readonly Pick<Take, 'id' | 'text' | 'state'>[], speaker: Speaker): SharedText[] {
  const most = Math.min(SHARED_CHARACTERS, speaker.maxCharacters);
  const found = new Map<string, SharedText>();
  for (const take of takes) {
    if (take.state !== 'done') continue;
    const words = spokenWords(take.text);
    if (!/[\p{L}\p{N}]/u.test(words.text)) continue;
    const fits = countCharacters(words.text) <= most;
    const text = fits ? words.text : cut(words.text, most);
    if (text === null || !speaks(speaker, text)) continue;
    const same = fits && words.all;
    const key = JSON.stringify([text, same]);
    const known = found.get(key);
    if (known) known.takeIds.push(take.id);
    else found.set(key, { text, takeIds: [take.id], same });
  }
  const sorted = [...found.values()].toSorted(
    (a, b) => Number(b.same) - Number(a.same) || b.text.length - a.text.length || (a.text < b.text ? -1 : 1),
  );
  // The same words may have been said with and without a laugh: one of these is enough.
  return sorted
    .filter(({ text }, place) => sorted.findIndex((one) => one.text === text) === place)
    .slice(0, SHARED_TEXTS);
}
