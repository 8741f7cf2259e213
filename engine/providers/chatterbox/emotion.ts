import type { Emotion, EmotionName } from '../../../shared/controls/controls.ts';

/** The parameters Chatterbox shapes its expression by. Source: resemble-ai/chatterbox, tts.py and mtl_tts.py. */
export interface Expression {
  /** 0.25-2, 0.5 neutral. */
  exaggeration: number;
  /** 0-1: how closely the reference's pace is kept. */
  cfg_weight: number;
  /** 0.05-5. */
  temperature: number;
}

/** What the model itself begins with; not what a server’s configuration may say, which differs from server to server. */
export const NEUTRAL_EXPRESSION: Expression = { exaggeration: 0.5, cfg_weight: 0.5, temperature: 0.8 };

/**
 * Emotions in full: medians over 15 public tables of settings (November 2026; 4 to 13 of them name each emotion). `sad`
 * is where they disagree most. Chatterbox without tags has no whisper.
 */
const FULL: Readonly<Partial<Record<EmotionName, Expression>>> = {
  calm: { exaggeration: 0.3, cfg_weight: 0.6, temperature: 0.5 },
  happy: { exaggeration: 0.8, cfg_weight: 0.4, temperature: 0.9 },
  excited: { exaggeration: 0.9, cfg_weight: 0.3, temperature: 1 },
  sad: { exaggeration: 0.4, cfg_weight: 0.49, temperature: 0.6 },
  angry: { exaggeration: 0.85, cfg_weight: 0.34, temperature: 0.9 },
  surprised: { exaggeration: 0.81, cfg_weight: 0.39, temperature: 0.85 },
};

/** Emotions that are spoken by parameters. */
export const EXPRESSED = Object.keys(FULL) as EmotionName[];

/** The delivery tag of an emotion, and the sound tag that is nearest to it. Source: Turbo’s tokenizer. */
const TAGS: Readonly<Partial<Record<EmotionName, string>>> = {
  happy: 'happy',
  excited: 'happy',
  sad: 'crying',
  angry: 'angry',
  surprised: 'surprised',
  whispering: 'whispering',
};

/** Emotions that are spoken by tags. */
export const TAGGED = Object.keys(TAGS) as EmotionName[];

/** Steps nobody hears are not sent: numbers a person can read again in the take’s request. */
const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** The parameters of an emotion: on the straight line from neutral (intensity 0) to the emotion in full (1). */
export function expressionOf({ name, intensity }: Emotion): Expression {
  const full = FULL[name];
  if (!full) return NEUTRAL_EXPRESSION;
  const between = (key: keyof Expression) =>
    rounded(NEUTRAL_EXPRESSION[key] + (full[key] - NEUTRAL_EXPRESSION[key]) * intensity);
  return {
    exaggeration: between('exaggeration'),
    cfg_weight: between('cfg_weight'),
    temperature: between('temperature'),
  };
}

/**
 * The text with the tag of an emotion before it, for models that speak in tags. A tag has no degrees: from half the
 * intensity on it is there.
 */
export function tagged(text: string, { name, intensity }: Emotion): string {
  const tag = TAGS[name];
  return tag !== undefined && intensity >= 0.5 ? `[${tag}] ${text}` : text;
}
