import { z } from 'zod';
import { Fault } from '../../shared/errors.ts';

/** What a worker is sent: a command, and the number that its replies bear. */
export const WorkerCommand = z.object({ id: z.number().int(), command: z.unknown() });
export type WorkerCommand = z.infer<typeof WorkerCommand>;

/** What a worker says while and after it answers a command; `done` or `fault` is its last word on it. */
export const WorkerReply = z.discriminatedUnion('type', [
  /** 0-1. */
  z.object({ type: z.literal('progress'), id: z.number(), progress: z.number() }),
  /** One channel of s16. */
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
