import { parentPort, type Transferable } from 'node:worker_threads';
import type { z } from 'zod';
import { toFault } from '../../shared/errors.ts';
import { END, WorkerCommand, type WorkerReply } from './worker-messages.ts';

/** How an answer is given piece by piece before its end. */
export interface Answering {
  sound(samples: Int16Array): void;
  /** @param progress 0-1 */
  progress(progress: number): void;
}

/** What came of a command, and memory that is handed over instead of copied. */
export interface Answer {
  result: unknown;
  transfer?: Transferable[];
}

const owned = ({ buffer }: Int16Array) => (buffer instanceof ArrayBuffer ? [buffer] : []);

/**
 * The inside of a worker that a {@link WorkerLink} asks: answers one command after the other. What is thrown becomes a
 * fault of that command.
 */
export function answerCommands<T>(
  schema: z.ZodType<T>,
  answer: (command: T, answering: Answering) => Promise<Answer>,
): void {
  const post = (reply: WorkerReply, transfer: Transferable[] = []) => parentPort?.postMessage(reply, transfer);
  let last: Promise<void> = Promise.resolve();
  parentPort?.on('message', (message: unknown) => {
    if (message === END) {
      void last.then(() => process.exit(0));
      return;
    }
    const { id, command } = WorkerCommand.parse(message);
    const answering: Answering = {
      sound: (samples) => post({ type: 'sound', id, samples }, owned(samples)),
      progress: (progress) => post({ type: 'progress', id, progress }),
    };
    last = last.then(async () => {
      try {
        const { result, transfer } = await answer(schema.parse(command), answering);
        post({ type: 'done', id, result }, transfer);
      } catch (thrown) {
        post({ type: 'fault', id, fault: toFault(thrown) });
      }
    });
  });
}
