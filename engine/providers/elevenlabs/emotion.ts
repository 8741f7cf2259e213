import type { Capabilities, Emotion, EmotionName, ParameterValue } from '../../../shared/controls/controls.ts';
import type { StoredSettings } from './answers.ts';
import type { ModelFacts } from './models.ts';
import { USUAL_SETTINGS } from './settings.ts';

/** The settings an emotion is made of, each 0-1. */
type Shape = Pick<StoredSettings, 'stability' | 'style'>;

/**
 * Emotions in full, where a model honours style. Our own table: low stability is livelier, style brings out the manner.
 * Nobody has measured what it comes to.
 */
const FULL: Readonly<Partial<Record<EmotionName, Shape>>> = {
  calm: { stability: 0.85, style: 0 },
  happy: { stability: 0.35, style: 0.35 },
  excited: { stability: 0.25, style: 0.6 },
  sad: { stability: 0.4, style: 0.25 },
  angry: { stability: 0.25, style: 0.7 },
  surprised: { stability: 0.3, style: 0.5 },
};

/** The stage direction of each emotion. Source of `whispers` and `excited`: ElevenLabs, “Prompting Eleven v3”. */
const TAGS: Readonly<Partial<Record<EmotionName, string>>> = {
  calm: 'calm',
  happy: 'happy',
  excited: 'excited',
  sad: 'sad',
  angry: 'angry',
  surprised: 'surprised',
  whispering: 'whispers',
};

/** From this intensity on a tag is there: it has no degrees. */
const TAGGED_FROM = 0.5;

const byStyle = ({ settings }: ModelFacts) => settings.includes('style');

/** Which emotions a model can speak in, and how near that comes. */
export function emotionOf(facts: ModelFacts): Capabilities['emotion'] {
  if (facts.tags) {
    return {
      names: Object.keys(TAGS) as EmotionName[],
      note: 'Spoken by a tag before the text, from half the intensity on. Our own table, not measured.',
    };
  }
  if (byStyle(facts)) {
    return {
      names: Object.keys(FULL) as EmotionName[],
      note: 'Spoken by stability and style; what is set by hand stays. Our own table, not measured.',
    };
  }
  return { names: [], note: 'This model has neither style nor tags.' };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/**
 * The settings of an emotion: on the straight line from the voice's own (intensity 0) to the emotion in full (1). Empty
 * where the model speaks it in another way.
 *
 * @param stored what is kept with the voice; null where that is not known
 */
export function emotionSettings(
  facts: ModelFacts,
  { name, intensity }: Emotion,
  stored: StoredSettings | null,
): Record<string, ParameterValue> {
  const full = FULL[name];
  if (!full || facts.tags || !byStyle(facts)) return {};
  const neutral = stored ?? USUAL_SETTINGS;
  const between = (key: keyof Shape) => rounded(neutral[key] + (full[key] - neutral[key]) * intensity);
  return { stability: between('stability'), style: between('style') };
}

/** The text with the tag of an emotion before it, for models that take stage directions. */
export function emotionTagged(facts: ModelFacts, text: string, { name, intensity }: Emotion): string {
  const tag = TAGS[name];
  return facts.tags && tag !== undefined && intensity >= TAGGED_FROM ? `[${tag}] ${text}` : text;
}
