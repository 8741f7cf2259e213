import type { SpeechRequest } from '../provider.ts';
import { adaptTags, DELIVERY_TAGS } from '../speech/paralinguistic-tags.ts';
import { EXPRESSIONS, type ExpressionName, type ServerFacts } from './dialect.ts';
import { expressionOf, NEUTRAL_EXPRESSION, tagged } from './emotion.ts';

/** Ranges every server takes; outside them some fail and some are silent. Source: the model's own demos. */
const LIMITS = {
  exaggeration: { min: 0.25, max: 2 },
  cfg_weight: { min: 0, max: 1 },
  temperature: { min: 0.05, max: 1.5 },
} as const;

/** What of a request every Chatterbox takes in the same words. */
export interface SpokenParameters {
  text: string;
  exaggeration?: number;
  cfg_weight?: number;
  temperature?: number;
}

/** Parameters a model honours; the others it ignores, and to send or offer them would be a lie. */
export function honoured({ model, honours }: ServerFacts): readonly ExpressionName[] {
  return honours ?? (model === 'turbo' ? ['temperature'] : EXPRESSIONS);
}

/** The text for a server whose model is not known, which would read tags aloud. */
export const plainText = ({ text }: SpeechRequest): string => adaptTags(text, 'none').text;

/** Tags that can be written for a model: what its server lists, and the ways of speaking that servers do not list. */
export function ownTags({ tags }: ServerFacts): string[] {
  return tags.length === 0 ? [] : [...new Set([...tags, ...DELIVERY_TAGS])];
}

/**
 * Text and expression of a request for the model that is loaded: the emotion as parameters, or as a tag where the model
 * speaks in tags; what a person set by hand goes before the emotion. Every parameter is sent, because what a server does
 * with one that is left out is its own configuration's business.
 */
export function spokenParameters(request: SpeechRequest, facts: ServerFacts): SpokenParameters {
  const expression = expressionOf(request.emotion);
  const own = ownTags(facts);
  const tagging = own.length > 0;
  const text = tagging ? tagged(request.text, request.emotion) : request.text;
  const spoken: SpokenParameters = { text: adaptTags(text, tagging ? 'chatterbox' : 'none', own).text };
  for (const name of honoured(facts)) {
    const set = request.parameters[name];
    const { min, max } = LIMITS[name];
    const neutral = tagging ? NEUTRAL_EXPRESSION[name] : expression[name];
    spoken[name] = Math.min(max, Math.max(min, typeof set === 'number' ? set : neutral));
  }
  return spoken;
}
