import { z } from 'zod';

/** A field that may be missing, null or of another kind: then it is as if it were not there. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(null).default(null);

/** A list whose entries of another form are left out, instead of all of it. */
const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.array(z.unknown()).transform((entries) => entries.flatMap((entry) => schema.safeParse(entry).data ?? []));

/** Settings kept with a voice, each from 0 to 1 but speed (times normal). */
export const StoredSettings = z.object({
  stability: z.number().catch(0.5).default(0.5),
  similarity_boost: z.number().catch(0.75).default(0.75),
  style: z.number().catch(0).default(0),
  use_speaker_boost: z.boolean().catch(true).default(true),
  speed: z.number().catch(1).default(1),
});
export type StoredSettings = z.infer<typeof StoredSettings>;

export const ListedModel = z.object({
  model_id: z.string().min(1),
  name: maybe(z.string()),
  description: maybe(z.string()),
  can_do_text_to_speech: maybe(z.boolean()),
  /** Longer requests are rejected. The two fields called `max_characters_request_…` are not enforced. */
  maximum_text_length_per_request: maybe(z.number().int().min(1)),
  languages: maybe(listOf(z.object({ language_id: z.string().min(1) }))),
  /** Models of one group share the places of the plan. */
  concurrency_group: maybe(z.string()),
});
export type ListedModel = z.infer<typeof ListedModel>;

export const ModelList = listOf(ListedModel);

/** No voice costs so many times the usual. */
const MOST_RATE = 1000;

export const ListedVoice = z.object({
  voice_id: z.string().min(1),
  name: maybe(z.string()),
  category: maybe(z.string()),
  labels: maybe(z.record(z.string(), z.unknown())),
  description: maybe(z.string()),
  preview_url: maybe(z.string()),
  verified_languages: maybe(listOf(z.object({ language: z.string(), locale: maybe(z.string()) }))),
  /** Models that speak it best. */
  high_quality_base_model_ids: maybe(listOf(z.string())),
  /** Settings kept with it; a list may leave them out. */
  settings: maybe(StoredSettings),
  /** A voice of the library may cost more than others. */
  sharing: maybe(z.object({ rate: maybe(z.number().min(0).max(MOST_RATE)) })),
});
export type ListedVoice = z.infer<typeof ListedVoice>;

export const VoicePage = z.object({
  voices: listOf(ListedVoice),
  has_more: z.boolean().catch(false).default(false),
  next_page_token: maybe(z.string()),
});

/** The last second that a date can have, since 1970. Source: ECMA-262, “Time Values and Time Range”. */
const LAST_SECOND = 8.64e12;
/** More credits than any account has; sums of more would be no numbers any more. */
const MOST_CREDITS = 1e15;
const Credits = z.number().min(-MOST_CREDITS).max(MOST_CREDITS);

export const Subscription = z.object({
  tier: maybe(z.string()),
  /** Credits used; minutes behind. */
  character_count: maybe(Credits),
  character_limit: maybe(Credits),
  next_character_count_reset_unix: maybe(z.number().min(0).max(LAST_SECOND)),
});
export type Subscription = z.infer<typeof Subscription>;

/** Something that was generated. Where it is a dialogue, its text and voice stand in the lines of that. */
export const HistoryItem = z.object({
  history_item_id: z.string().min(1),
  voice_id: maybe(z.string()),
  voice_name: maybe(z.string()),
  model_id: maybe(z.string()),
  text: maybe(z.string()),
  date_unix: maybe(z.number().min(0).max(LAST_SECOND)),
  /** `created` where there is a sound. */
  state: maybe(z.string()),
  /** What it was asked for through: `TTS` is the API for speech. */
  source: maybe(z.string()),
  settings: maybe(
    z.object({
      stability: maybe(z.number()),
      similarity_boost: maybe(z.number()),
      style: maybe(z.number()),
      use_speaker_boost: maybe(z.boolean()),
      speed: maybe(z.number()),
    }),
  ),
  dialogue: maybe(listOf(z.object({ text: z.string(), voice_id: z.string().min(1), voice_name: maybe(z.string()) }))),
  /** The format it was asked for in. */
  output_format: maybe(z.string()),
});
export type HistoryItem = z.infer<typeof HistoryItem>;

export const HistoryPage = z.object({
  history: listOf(HistoryItem),
  last_history_item_id: maybe(z.string()),
  has_more: z.boolean().catch(false).default(false),
});
export type HistoryPage = z.infer<typeof HistoryPage>;

/** When each character is heard, in s from the start. */
export const Alignment = z.object({
  characters: z.array(z.string()),
  character_start_times_seconds: z.array(z.number()),
  character_end_times_seconds: z.array(z.number()),
});
export type Alignment = z.infer<typeof Alignment>;

/** One line of a stream with timings. */
export const TimedLine = z.object({ audio_base64: maybe(z.string()), alignment: maybe(Alignment) });
