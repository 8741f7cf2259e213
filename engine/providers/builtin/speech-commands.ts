import { z } from 'zod';

const PartFile = z.object({ name: z.string(), path: z.string(), bytes: z.number(), sha256: z.string() });

/** What the Kokoro worker is asked. */
export const KokoroCommand = z.discriminatedUnion('type', [
  /** Joins the model where it is not there yet, and loads it. */
  z.object({
    type: z.literal('load'),
    folder: z.string(),
    parts: z.array(PartFile),
    model: z.object({ file: z.string(), bytes: z.number(), sha256: z.string() }),
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
