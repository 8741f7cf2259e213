import { z } from 'zod';
import { Fault } from '../../../shared/errors.ts';

/** What a worker answers. Each answer names the request it belongs to; `done` or `fault` is its last. */
export const WorkerReply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id: z.number(), progress: z.number() }),
  z.object({
    type: z.literal('sound'),
    id: z.number(),
    samples: z.custom<Int16Array>((value) => value instanceof Int16Array),
  }),
  z.object({ type: z.literal('done'), id: z.number(), result: z.unknown() }),
  z.object({ type: z.literal('fault'), id: z.number(), fault: Fault }),
]);
export type WorkerReply = z.infer<typeof WorkerReply>;

/** Tells a worker to end once it has answered what it was asked before. */
export const END = 'end';

const PartFile = z.object({ name: z.string(), path: z.string(), bytes: z.number(), sha256: z.string() });

/** What the Kokoro worker is asked. */
export const KokoroCommand = z.discriminatedUnion('type', [
  /** Joins the model where it is not there yet, and loads it. */
  z.object({
    type: z.literal('load'),
    id: z.number(),
    folder: z.string(),
    parts: z.array(PartFile),
    model: z.object({ file: z.string(), bytes: z.number(), sha256: z.string() }),
  }),
  /** Speaks tokens in one run of the model. */
  z.object({
    type: z.literal('say'),
    id: z.number(),
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
  z.object({ type: z.literal('voices'), id: z.number() }),
  /** IPA of each text: phonemes parted by `_`, words by spaces. */
  z.object({ type: z.literal('phonemes'), id: z.number(), voice: z.string(), texts: z.array(z.string()) }),
  z.object({
    type: z.literal('speak'),
    id: z.number(),
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
