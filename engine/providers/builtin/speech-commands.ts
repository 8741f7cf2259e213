import { z } from 'zod';

const PartFile = z.object({ name: z.string(), path: z.string(), bytes: z.number(), sha256: z.string() });

/** What the Kokoro worker is asked. */
export const KokoroCommand = z.discriminatedUnion('type', [
  /** Joins the model where it is not there yet, and loads it. */
  z.object({
    type: z.literal('load'),
    folder: z.string(),
    parts: z.array(PartFile),
    model: z.object({ file: z.string(), bytes: z.number(), sha256: z.string(), tail: z.instanceof(Uint8Array) }),
  }),
  /** Speaks tokens in one run of the model. */
  z.object({
    type: z.literal('say'),
    tokens: z.array(z.number().int()),
    /** 256 numbers. */
    style: z.instanceof(Float32Array),
    /** Times normal. */
    speed: z.number(),
  }),
]);
export type KokoroCommand = z.infer<typeof KokoroCommand>;

/** What it tells of the sound of tokens, in s from its first sample. */
export const KokoroTold = z.object({
  /** When each token begins, as the model planned it, and when the last one ends; empty where the plan is not the sound's. */
  tokens: z.array(z.number()),
  /** Where it is silent, at its ends and inside. */
  silences: z.array(z.object({ from: z.number(), to: z.number() })),
});
export type KokoroTold = z.infer<typeof KokoroTold>;

/** A voice as eSpeak NG lists it. */
export const EspeakVoice = z.object({
  name: z.string(),
  /** File of the voice, by which it is set. */
  identifier: z.string(),
  /** Its language tags, its own one first, in lower case. */
  languages: z.array(z.string()),
});
export type EspeakVoice = z.infer<typeof EspeakVoice>;

/** What the eSpeak worker is asked. */
export const EspeakCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('voices') }),
  /** IPA of each text: phonemes parted by `_`, words by spaces. */
  z.object({ type: z.literal('phonemes'), voice: z.string(), texts: z.array(z.string()) }),
  z.object({
    type: z.literal('speak'),
    voice: z.string(),
    text: z.string(),
    /** Words a minute, 80-450. */
    rate: z.number(),
    /** 0-99. */
    pitch: z.number(),
    /** 0-99: how far the melody goes up and down. */
    range: z.number(),
    /** Set to 1 to end it. */
    stop: z.instanceof(SharedArrayBuffer),
  }),
]);
export type EspeakCommand = z.infer<typeof EspeakCommand>;

/** What it tells of a sound: when its words and phonemes begin, in s from its first sample. */
export const EspeakTold = z.object({
  /** `at` counts code points of the text. Words that eSpeak joins to the one before are not among them. */
  words: z.array(z.object({ at: z.number().int(), time: z.number() })),
  /** In IPA; empty for a pause. */
  phonemes: z.array(z.object({ ipa: z.string(), time: z.number() })),
});
export type EspeakTold = z.infer<typeof EspeakTold>;
