import { z } from 'zod';
import { Capabilities, ParameterValue } from '../controls/controls.ts';
import { Fault } from '../errors.ts';

export const Gender = z.enum(['female', 'male', 'neutral', 'unknown']);
export type Gender = z.infer<typeof Gender>;

/** A voice, whatever provider speaks it. */
export const Voice = z.object({
  /** `provider:voice`, for example `builtin:kokoro/af_heart`. */
  id: z.string(),
  provider: z.string(),
  /** The model that speaks it unless another one is chosen. */
  model: z.string(),
  /** All models that can speak it, where there are several. */
  models: z.array(z.string()).optional(),
  name: z.string(),
  /** BCP 47 tags of the languages it speaks, main one first. */
  languages: z.array(z.string()),
  /** Its accent in words, for example “American”. */
  accent: z.string(),
  gender: Gender,
  description: z.string(),
  /** What it is labelled with: its age, manner, use. */
  labels: z.array(z.string()).optional(),
  /**
   * Where the sliders begin with it, by the names of its model's parameters, and `speed` (times normal): what the
   * provider keeps with the voice. What is not here begins as the model says.
   */
  start: z.record(z.string(), ParameterValue).optional(),
  /** Its speech was not confirmed by a speech recogniser; the reason stands in `description`. */
  experimental: z.boolean(),
  /** Parts of a blended voice with their weights (sum 1); null for a voice of the provider's own. */
  blend: z.array(z.object({ voice: z.string(), weight: z.number() })).nullable(),
});
export type Voice = z.infer<typeof Voice>;

/** A model of a provider. */
export const Model = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  description: z.string(),
  capabilities: Capabilities,
  /** Rate of its audio in Hz. */
  sampleRate: z.number().int(),
});
export type Model = z.infer<typeof Model>;

/** A blended voice as asked for: two voices of one model, weights above 0. */
export const BlendRequest = z.object({
  name: z.string().trim().min(1).max(80),
  parts: z.array(z.object({ voice: z.string(), weight: z.number().gt(0).max(1) })).length(2),
});
export type BlendRequest = z.infer<typeof BlendRequest>;

export const ProviderHealth = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  status: z.enum(['ready', 'loading', 'idle', 'failed']),
  latencyMs: z.number().nullable(),
  /** What it is doing or what is wrong, in words. */
  note: z.string(),
  /** What is wrong, where it does not work. */
  fault: Fault.optional(),
  /** What is left of what was paid for; absent where nothing is, or where it is not told. */
  credits: z.object({ left: z.number(), limit: z.number(), resetsAt: z.number().nullable() }).optional(),
});
export type ProviderHealth = z.infer<typeof ProviderHealth>;
