import { z } from 'zod';

/** What the page tells the reader. Its first message carries the port to the audio thread and is none of these. */
export const ReaderCommand = z.discriminatedUnion('type', [
  /** Asks for a stream and hands its sound to the audio thread under `key`. */
  z.object({
    type: z.literal('fetch'),
    key: z.string(),
    url: z.string(),
    method: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string().nullable(),
  }),
  /** Takes over a stream that the page itself opened. */
  z.object({
    type: z.literal('adopt'),
    key: z.string(),
    /** Hz. */
    rate: z.number(),
    /** Samples announced; null where that is not known. */
    samples: z.number().nullable(),
    stream: z.instanceof(ReadableStream),
  }),
  z.object({ type: z.literal('abort'), key: z.string() }),
]);
export type ReaderCommand = z.infer<typeof ReaderCommand>;

/** What the reader tells the page. */
export const ReaderReport = z.discriminatedUnion('type', [
  /** The answer has come. `body` is that of an answer that is no sound; sound goes to the audio thread. */
  z.object({
    type: z.literal('answer'),
    key: z.string(),
    status: z.number(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.string().nullable(),
  }),
  /** So many samples have gone to the audio thread. `peaks`: see `ArrivalPeaks`; of what came since the last report. */
  z.object({ type: z.literal('arrived'), key: z.string(), samples: z.number(), peaks: z.array(z.number()) }),
  /** The last report of a key. */
  z.object({
    type: z.literal('end'),
    key: z.string(),
    samples: z.number(),
    /** Why it is not whole; null if it is. */
    broken: z.string().nullable(),
    /** How it arrived: see `ArrivalMeter`. */
    delay: z.number(),
    rate: z.number(),
  }),
]);
export type ReaderReport = z.infer<typeof ReaderReport>;
