import { z } from 'zod';
import { ParameterValue } from '../controls/controls.ts';
import { When } from './when.ts';

/** Most past speech that is listed at once. */
export const MOST_PAST_SPEECH = 200;

/**
 * What past speech was spoken with, by the names of its model's parameters, and `speed` (times normal). What the provider
 * does not tell is not here.
 */
const PastSettings = z.record(z.string(), ParameterValue);

/** Something that a voice has spoken before, as its provider remembers it. To list it and to hear it costs nothing. */
export const PastSpeech = z.object({
  /** The provider's own id, by which its sound is asked for. */
  id: z.string().min(1),
  /** `provider:voice`. */
  voiceId: z.string(),
  /** Null where it is not told. */
  modelId: z.string().nullable(),
  text: z.string().min(1),
  /** Characters of the text. */
  characters: z.number().int(),
  settings: PastSettings,
  /** When it was spoken; null where that is not told. */
  at: When.nullable(),
});
export type PastSpeech = z.infer<typeof PastSpeech>;

/** A voice that was spoken with. */
export const UsedVoice = z.object({
  /** `provider:voice`. The account may have it no more. */
  voiceId: z.string(),
  /** What it was called; null where that is not told. */
  name: z.string().nullable(),
  /** How often it spoke, and characters of all that it spoke. */
  lines: z.number().int(),
  characters: z.number().int(),
  /** When it spoke last, and with what; null where that is not told. */
  lastAt: When.nullable(),
  modelId: z.string().nullable(),
  settings: PastSettings,
});
export type UsedVoice = z.infer<typeof UsedVoice>;

/** Voices in use, counted over what a provider remembers. */
export const UsedVoices = z.object({
  /** Those that spoke most often first. */
  voices: z.array(UsedVoice),
  /** Lines that were counted: the newest ones. */
  counted: z.number().int(),
  /** Whether these are all that the provider remembers; else there may be further voices, used longer ago. */
  whole: z.boolean(),
  /** When the oldest that was counted was spoken; null where nothing was, or it is not told. */
  since: When.nullable(),
});
export type UsedVoices = z.infer<typeof UsedVoices>;
