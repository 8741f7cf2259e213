import { z } from 'zod';
import { Fault } from '../../shared/errors.ts';

/** What a task worker says while and after it works. One task at a time, so no message needs to name it. */
export const TaskReply = z.discriminatedUnion('type', [
  /** 0-1. */
  z.object({ type: z.literal('progress'), progress: z.number() }),
  z.object({ type: z.literal('done'), result: z.unknown() }),
  z.object({ type: z.literal('fault'), fault: Fault }),
]);
export type TaskReply = z.infer<typeof TaskReply>;
