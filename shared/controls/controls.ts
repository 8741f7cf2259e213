import { z } from 'zod';

/** Range of each control: what a person can set, whatever the provider behind it can do. */
export const CONTROL_RANGE = {
  /** Times normal. */
  speed: { min: 0.5, max: 2, step: 0.01, neutral: 1 },
  /** Semitones. */
  pitch: { min: -12, max: 12, step: 0.1, neutral: 0 },
  /** dB. */
  volume: { min: -24, max: 12, step: 0.1, neutral: 0 },
} as const;

export const EmotionName = z.enum(['neutral', 'calm', 'happy', 'excited', 'sad', 'angry', 'surprised', 'whispering']);
export type EmotionName = z.infer<typeof EmotionName>;

/** An emotion and how much of it, 0 (as neutral) to 1 (the whole of it). */
export const Emotion = z.object({
  name: EmotionName.default('neutral'),
  intensity: z.number().min(0).max(1).default(0.5),
});
export type Emotion = z.infer<typeof Emotion>;

/** Value of one of a provider's own parameters. */
export const ParameterValue = z.union([z.number(), z.string().max(2000), z.boolean()]);
export type ParameterValue = z.infer<typeof ParameterValue>;

/** Far more than any provider has: every list of takes carries them. */
const MOST_PARAMETERS = 100;

/** What a person asked for: the four controls, a seed, and the provider's own parameters by name. */
export const Settings = z.object({
  /** Times normal, 0.5 to 2. */
  speed: z.number().min(CONTROL_RANGE.speed.min).max(CONTROL_RANGE.speed.max).default(1),
  /** Semitones, -12 to +12. */
  pitch: z.number().min(CONTROL_RANGE.pitch.min).max(CONTROL_RANGE.pitch.max).default(0),
  /** dB, -24 to +12. */
  volume: z.number().min(CONTROL_RANGE.volume.min).max(CONTROL_RANGE.volume.max).default(0),
  emotion: Emotion.default({ name: 'neutral', intensity: 0.5 }),
  /** Seed of the model's randomness, where it has one. */
  seed: z.number().int().min(0).max(4294967295).nullable().default(null),
  /** The provider's own parameters, by their own names. */
  parameters: z
    .record(z.string().max(64), ParameterValue)
    .refine((parameters) => Object.keys(parameters).length <= MOST_PARAMETERS, 'has too many')
    .default({}),
});
export type Settings = z.infer<typeof Settings>;

/** Settings at which nothing is changed. */
export const NEUTRAL_SETTINGS: Settings = Settings.parse({});

/** What the studio itself does to a take while it plays, and in an export. */
export const StudioSettings = z.object({
  /** Times normal, without changing pitch. */
  speed: z.number().min(0.25).max(4),
  /** Semitones, without changing speed. */
  pitch: z.number().min(-24).max(24),
  /** dB. */
  volume: z.number().min(-60).max(24),
});
export type StudioSettings = z.infer<typeof StudioSettings>;

export const NEUTRAL_STUDIO: StudioSettings = { speed: 1, pitch: 0, volume: 0 };

/** Range a provider accepts for a control, in the control's own unit. */
export const ProviderRange = z.object({ min: z.number(), max: z.number() });
export type ProviderRange = z.infer<typeof ProviderRange>;

/** One of a provider's own parameters, as it is offered to a person. */
export const ParameterSpec = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  /** `text` is free text, at most `max` characters. */
  kind: z.enum(['number', 'choice', 'switch', 'text']),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  choices: z.array(z.string()).optional(),
  default: ParameterValue,
});
export type ParameterSpec = z.infer<typeof ParameterSpec>;

/** Words in square brackets that a model takes as something else than words. */
export const ModelTags = z.object({
  /** In whose manner: `chatterbox` models make the sounds named, `elevenlabs` models take any stage direction. */
  family: z.enum(['chatterbox', 'elevenlabs']),
  /** Those that are offered, without brackets. */
  list: z.array(z.object({ tag: z.string(), experimental: z.boolean() })),
});
export type ModelTags = z.infer<typeof ModelTags>;

/** What a provider and model can do: which controls it takes itself, and what else. */
export const Capabilities = z.object({
  /** The provider's own range for speed (times normal); null where it has none. */
  speed: ProviderRange.nullable(),
  /** The provider's own range for pitch (semitones); null where it has none. */
  pitch: ProviderRange.nullable(),
  /** The provider's own range for volume (dB); null where it has none. */
  volume: ProviderRange.nullable(),
  /** Emotions it can speak in (without neutral, which always works), and how near that comes. */
  emotion: z.object({ names: z.array(EmotionName), note: z.string() }),
  /** Range of its seed; null where it has none. */
  seed: ProviderRange.nullable(),
  parameters: z.array(ParameterSpec),
  /** Absent where the model would read them aloud: they are taken out of the text before it is sent. */
  tags: ModelTags.optional(),
  /** Most characters one request may have. */
  maxCharacters: z.number().int(),
  /** Sound begins before all of it is made. */
  streams: z.boolean(),
});
export type Capabilities = z.infer<typeof Capabilities>;
