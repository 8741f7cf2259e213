import type { Settings } from '../../shared/controls/controls.ts';
import { type Plan, planControls } from '../../shared/controls/plan-controls.ts';
import { fault } from '../../shared/errors.ts';
import { type CleanText, countCharacters } from '../../shared/text/sanitise.ts';
import type { SpeechRequest } from '../providers/provider.ts';
import type { ResolvedVoice } from '../providers/registry.ts';
import { detectLanguage } from '../text/language.ts';
import { tagsFor } from '../text/tags-for.ts';

/** What a provider is asked, and what the studio does after it. */
export interface PreparedSpeech {
  request: SpeechRequest;
  plan: Plan;
  /** Unicode characters of the text as it is sent. */
  characters: number;
}

/**
 * Makes of a clean text and settings what the voice’s provider takes, and what is left to the studio.
 *
 * @throws FaultError text_too_long, invalid
 */
export function prepareSpeech(found: ResolvedVoice, clean: CleanText, settings: Settings): PreparedSpeech {
  const { capabilities, id: model } = found.model;
  const { text } = tagsFor(found.model, clean.text);
  if (text.trim() === '') {
    throw fault('invalid', 'There is nothing in this text that the voice would say: it takes no tags.', {
      param: 'text',
      todo: 'Write words beside the tags, or choose a model that speaks tags.',
    });
  }
  const characters = countCharacters(text);
  if (characters > capabilities.maxCharacters) {
    throw fault('text_too_long', `This voice takes at most ${capabilities.maxCharacters} characters at once.`, {
      param: 'text',
      kept: 'Your text is unchanged.',
      todo: 'Shorten it or split it into several takes.',
    });
  }
  const plan = planControls(settings, capabilities);
  const detected = detectLanguage(text);
  const language = detected?.sure ? detected.tag : (found.voice.languages[0] ?? null);
  return { request: { text, voice: found.local, model, language, ...plan.send }, plan, characters };
}
