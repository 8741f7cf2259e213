import { parentPort, type Transferable } from 'node:worker_threads';
import type { z } from 'zod';
import { toFault } from '../../shared/errors.ts';
import type { TaskReply } from './task-messages.ts';

/** The inside of a worker that a {@link TaskWorker} asks: does each task it is sent and answers with what came of it. */
export function serveTasks<Task>(
  schema: z.ZodType<Task>,
  work: (task: Task, onProgress: (progress: number) => void) => Promise<{ result: unknown; transfer?: Transferable[] }>,
): void {
  const reply = (message: TaskReply, transfer: Transferable[] = []) => parentPort?.postMessage(message, transfer);
  parentPort?.on('message', async (message: unknown) => {
    try {
      const done = await work(schema.parse(message), (progress) => reply({ type: 'progress', progress }));
      reply({ type: 'done', result: done.result }, done.transfer);
    } catch (thrown) {
      reply({ type: 'fault', fault: toFault(thrown) });
    }
  });
}
