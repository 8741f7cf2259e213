import type { Settings } from '../../shared/controls/controls.ts';
import type { TextReport } from '../../shared/schemas/text.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import { estimateSeconds } from '../../shared/text/estimate.ts';
import { cleanText, countCharacters } from '../../shared/text/sanitise.ts';
import { detectLanguage, languageMismatch } from './language.ts';
import { tagsFor } from './tags-for.ts';

/** What there is to know about a text before it is made. Costs are added by whoever knows the provider. */
export interface CheckedText extends Omit<TextReport, 'cost'> {}

/** Tags, each once, with what becomes of them; empty where there are none. */
function tagWords(tags: readonly string[], fate: string): string[] {
  return tags.length > 0 ? [`${[...new Set(tags)].join(', ')}: ${fate}`] : [];
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
  const language = detectLanguage(text);
  const tag = language?.sure ? language.tag : (input.voice.languages[0] ?? null);
  return {
    text,
    removed: [...clean.removed, ...tagWords(adapted.removed, 'this model would read it aloud')],
    reworded: tagWords(adapted.translated, 'said in this model’s own words'),
    characters: countCharacters(text),
    language,
    mismatch: languageMismatch(language, input.voice),
    estimatedSeconds: estimateSeconds(text, tag, input.settings?.speed ?? 1),
  };
}
