import { z } from 'zod';
import { Settings, StudioSettings } from '../controls/controls.ts';
import { Fault } from '../errors.ts';

/** Most characters a text may have. */
export const MAX_TEXT_CHARACTERS = 10_000;

export const Id = z.uuid();

/** Asks for a take. The page makes the id, so that it can cancel before the first answer arrives. */
export const TakeRequest = z.object({
  id: Id,
  projectId: Id,
  text: z.string(),
  voiceId: z.string().min(1).max(200),
  /** One of the voice's models; by default its own. */
  modelId: z.string().min(1).max(200).nullish(),
  settings: Settings,
  /** Ask the provider anew even when the same request was answered before ("another take"). */
  fresh: z.boolean().default(false),
  /** False where no other voice may speak in place of this one, whatever the settings say: in a comparison. */
  fallback: z.boolean().optional(),
});
export type TakeRequest = z.infer<typeof TakeRequest>;

/** What was measured on a take's audio. */
export const Measurements = z.object({
  /** Seconds. */
  duration: z.number(),
  /** Integrated loudness in LUFS (BS.1770-5, one channel); null under 0.4 s or when all is gated. */
  loudness: z.number().nullable(),
  /** True peak in dBTP; null for silence. */
  truePeak: z.number().nullable(),
  /** Median fundamental in Hz; null where no voice was found. */
  pitch: z.number().nullable(),
  /** 5th to 95th percentile of the fundamental, in semitones. */
  pitchRange: z.number().nullable(),
});
export type Measurements = z.infer<typeof Measurements>;

/** Who spoke a take in place of the voice that was asked for, and why. */
export const AnsweredBy = z.object({
  provider: z.string(),
  voiceId: z.string(),
  voiceName: z.string(),
  model: z.string(),
  /** Why the voice that was asked for could not. */
  why: Fault,
});
export type AnsweredBy = z.infer<typeof AnsweredBy>;

/** When each character is heard, in s from the start of the sound. The three lists are equally long. */
export const CharacterTimings = z.object({
  characters: z.array(z.string()),
  starts: z.array(z.number()),
  ends: z.array(z.number()),
});
export type CharacterTimings = z.infer<typeof CharacterTimings>;

export const TakeState = z.enum(['rendering', 'done', 'incomplete', 'failed']);
export type TakeState = z.infer<typeof TakeState>;

/** A rendered text. Immutable but for name, note, rating and project. */
export const Take = z.object({
  id: Id,
  projectId: Id,
  state: TakeState,
  /** Where it came from: rendered by a provider, or a file that was brought in. */
  source: z.enum(['rendered', 'imported']),
  name: z.string(),
  note: z.string(),
  /** 1-5, or null. */
  rating: z.number().int().min(1).max(5).nullable(),
  /** The text as asked for. */
  text: z.string(),
  /** BCP 47 tag, detected or of the voice. */
  language: z.string().nullable(),
  characters: z.number().int(),
  provider: z.string(),
  voiceId: z.string(),
  voiceName: z.string(),
  model: z.string(),
  settings: Settings,
  /** What the studio does of the settings when it is played or exported as rendered. */
  studio: StudioSettings,
  /** What was sent of speed, pitch and volume, in the controls' own units. */
  sent: z.object({ speed: z.number(), pitch: z.number(), volume: z.number() }),
  /** The exact request as the provider got it (without keys). */
  request: z.record(z.string(), z.unknown()),
  /** What the provider told of its answer: ids, credits, requests at once. */
  answer: z.record(z.string(), z.unknown()).default({}),
  /** Who spoke in place of the voice asked for; null where that one did. `voiceId` and `model` are those asked for. */
  answeredBy: AnsweredBy.nullable().default(null),
  /** The provider told when each character is heard. */
  timed: z.boolean().default(false),
  seed: z.number().nullable(),
  /** The same audio was already there; the provider was not asked. */
  cached: z.boolean(),
  /** Milliseconds since the epoch. */
  sentAt: z.number(),
  firstByteAt: z.number().nullable(),
  lastByteAt: z.number().nullable(),
  cost: z.object({ estimated: z.number(), billed: z.number().nullable(), currency: z.string() }),
  /** Hz. */
  sampleRate: z.number().int(),
  /** Samples stored. */
  samples: z.number().int(),
  measurements: Measurements.nullable(),
  /** Why it is incomplete or failed. */
  fault: Fault.nullable(),
  createdAt: z.number(),
});
export type Take = z.infer<typeof Take>;

/** What of a take can be changed afterwards. */
export const TakePatch = z
  .object({
    name: z.string().max(200),
    note: z.string().max(10_000),
    rating: z.number().int().min(1).max(5).nullable(),
    projectId: Id,
  })
  .partial();
export type TakePatch = z.infer<typeof TakePatch>;

export const TakeSort = z.enum(['newest', 'oldest', 'rating', 'duration', 'loudness', 'voice', 'name']);
export type TakeSort = z.infer<typeof TakeSort>;

/** Asks for a page of takes. */
export const TakeQuery = z.object({
  projectId: Id.optional(),
  /** Words or parts of words in text, name, note or voice name. */
  search: z.string().max(200).default(''),
  voiceId: z.string().optional(),
  provider: z.string().optional(),
  minRating: z.coerce.number().int().min(1).max(5).optional(),
  state: TakeState.optional(),
  sort: TakeSort.default('newest'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type TakeQuery = z.infer<typeof TakeQuery>;

export const TakePage = z.object({ takes: z.array(Take), total: z.number().int() });
export type TakePage = z.infer<typeof TakePage>;

/** What the waveform and pitch curve of a take are drawn from. */
export const TakeView = z.object({
  /** Seconds. */
  duration: z.number(),
  /** Highest absolute sample of each of equally long pieces, 0-1. */
  peaks: z.array(z.number()),
  /** One value each `pitchStep` seconds: Hz, or 0 where there is no voice. */
  pitch: z.array(z.number()),
  /** Seconds. */
  pitchStep: z.number(),
});
export type TakeView = z.infer<typeof TakeView>;
