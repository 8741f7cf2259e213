import type { SpeechRequest } from '../provider.ts';
import { adaptTags } from '../speech/paralinguistic-tags.ts';
import type { ServerFacts } from './dialect.ts';
import { expressionOf, tagged } from './emotion.ts';

/** Ranges every server takes; outside them some fail and some are silent. Source: the model's own demos. */
const LIMITS = {
  exaggeration: { min: 0.25, max: 2 },
  cfg_weight: { min: 0, max: 1 },
  temperature: { min: 0.05, max: 1.5 },
} as const;
type Parameter = keyof typeof LIMITS;

/** What of a request every Chatterbox takes in the same words. */
export interface SpokenParameters {
  text: string;
  exaggeration?: number;
  cfg_weight?: number;
  temperature?: number;
}

/** Parameters a model honours; the others it ignores, and to send them would be a lie. */
const HONOURED: Readonly<Record<ServerFacts['model'], readonly Parameter[]>> = {
  original: ['exaggeration', 'cfg_weight', 'temperature'],
  multilingual: ['exaggeration', 'cfg_weight', 'temperature'],
  turbo: ['temperature'],
  unknown: ['exaggeration', 'cfg_weight', 'temperature'],
};

/**
 * Text and expression of a request for the model that is loaded: the emotion as parameters, or as a tag where the model
 * speaks in tags; what a person set by hand goes before the emotion. Every parameter is sent, because what a server does
 * with one that is left out is its own configuration's business.
 */
export function spokenParameters(request: SpeechRequest, { model, tags }: ServerFacts): SpokenParameters {
  const expression = expressionOf(request.emotion);
  // Servers list the sounds alone; the model's ways of speaking are offered as experimental.
  const tagging = tags.length > 0;
  const text = tagging ? tagged(request.text, request.emotion) : request.text;
  const spoken: SpokenParameters = { text: adaptTags(text, tagging ? 'chatterbox' : 'none').text };
  for (const name of HONOURED[model]) {
    const set = request.parameters[name];
    const { min, max } = LIMITS[name];
    const neutral = model === 'turbo' ? 0.8 : expression[name];
    spoken[name] = Math.min(max, Math.max(min, typeof set === 'number' ? set : neutral));
  }
  return spoken;
}
