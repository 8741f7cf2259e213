import { z } from 'zod';

/** Language a text was found to be in. */
export const DetectedLanguage = z.object({
  /** BCP 47 tag without a region. */
  tag: z.string(),
  /** English name of the language. */
  name: z.string(),
  /** False for a text too short or too mixed to tell. */
  sure: z.boolean(),
});
export type DetectedLanguage = z.infer<typeof DetectedLanguage>;

/** What would become of a text, before it is made. */
export const TextReport = z.object({
  /** The text as it will be spoken. */
  text: z.string(),
  characters: z.number().int(),
  /** What was taken out of it, in words for a person. */
  removed: z.array(z.string()),
  /** What the model is told by another name, in words for a person. */
  reworded: z.array(z.string()),
  language: DetectedLanguage.nullable(),
  /** Says that the voice does not speak the text's language; null when it does, or when that is not certain. */
  mismatch: z.string().nullable(),
  /** Seconds it will take to say, about. */
  estimatedSeconds: z.number(),
  /** What it would cost; null where it costs nothing, or is billed at a price that is not known. */
  cost: z.object({ amount: z.number(), currency: z.string() }).nullable(),
  /** Whether it is billed, and nobody can say how much. */
  unpriced: z.boolean().optional(),
});
export type TextReport = z.infer<typeof TextReport>;
