import { z } from 'zod';
import { TimeMap } from '../alignment/time-map.ts';

/** One word of a text and when it is heard. */
export const HeardWord = z.object({
  word: z.string(),
  /** Where it stands in the text: index of its first character (UTF-16), and of the one after its last. */
  at: z.number().int(),
  end: z.number().int(),
  /** When it is heard, in s of the take. */
  from: z.number(),
  to: z.number(),
});
export type HeardWord = z.infer<typeof HeardWord>;

/** The words of a take. */
export const TakeWords = z.object({
  words: z.array(HeardWord),
  /** Told by the provider, or found by aligning the take with a reading of its text. */
  source: z.enum(['told', 'aligned']),
  /** False where the take does not seem to say its text: then the places of its words may be wrong. */
  trusted: z.boolean(),
});
export type TakeWords = z.infer<typeof TakeWords>;

/** A stretch in which two takes do not seem to say the same, in s of each. */
export const Doubt = z.object({
  kind: z.enum(['other', 'missing', 'added']),
  a: z.object({ from: z.number(), to: z.number() }),
  b: z.object({ from: z.number(), to: z.number() }),
});
export type Doubt = z.infer<typeof Doubt>;

/** How two takes of one text lie in time. */
export const Alignment = z.object({
  a: z.string(),
  b: z.string(),
  /** From a time of `a` to one of `b`, in s of the takes as they are stored. */
  map: TimeMap,
  /** By when characters are heard, as the providers told, or by the sound. */
  by: z.enum(['timings', 'sound']),
  /** False where other words were spoken, or words are missing or were added. */
  trusted: z.boolean(),
  doubts: z.array(Doubt),
});
export type Alignment = z.infer<typeof Alignment>;
