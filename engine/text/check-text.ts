import type { Settings } from '../../shared/controls/controls.ts';
import type { TextReport } from '../../shared/schemas/text.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import { estimateSeconds } from '../../shared/text/estimate.ts';
import { cleanText, countCharacters } from '../../shared/text/sanitise.ts';
import type { AdaptedText } from '../providers/speech/paralinguistic-tags.ts';
import { detectLanguage, languageMismatch } from './language.ts';
import { tagsFor } from './tags-for.ts';

/** What there is to know about a text before it is made. Costs are added by whoever knows the provider. */
export interface CheckedText extends Omit<TextReport, 'cost'> {}

/** What becomes of the tags that a model would read aloud, or knows by another name. */
function tagWords({ removed, translated }: AdaptedText): string[] {
  const list = (tags: string[]) => [...new Set(tags)].join(', ');
  const words: string[] = [];
  if (removed.length > 0) words.push(`${list(removed)}: this model would read it aloud`);
  if (translated.length > 0) words.push(`${list(translated)}: said in this model’s own words`);
  return words;
}

/**
 * Looks at a text as it is typed: never fails, whatever is in it. A text that is empty or too long is refused when it
 * is to be spoken.
 */
export function checkText(input: {
  text: string;
  voice: Voice;
  model?: Model;
  settings?: Settings | undefined;
}): CheckedText {
  const clean = cleanText(input.text);
  const adapted = input.model ? tagsFor(input.model, clean.text) : { text: clean.text, removed: [], translated: [] };
  const { text } = adapted;
  const removed = [...clean.removed, ...tagWords(adapted)];
  const language = detectLanguage(text);
  const tag = language?.sure ? language.tag : (input.voice.languages[0] ?? null);
  return {
    text,
    removed,
    characters: countCharacters(text),
    language,
    mismatch: languageMismatch(language, input.voice),
    estimatedSeconds: estimateSeconds(text, tag, input.settings?.speed ?? 1),
  };
}
