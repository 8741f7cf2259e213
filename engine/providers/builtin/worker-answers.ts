import { parentPort } from 'node:worker_threads';
import type { z } from 'zod';
import { toFault } from '../../../shared/errors.ts';
import { END, type WorkerReply } from './worker-messages.ts';

function post(reply: WorkerReply, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(reply, transfer);
}

/** How an answer is given piece by piece before its end. */
export interface Answering {
  sound(samples: Int16Array): void;
  progress(progress: number): void;
}

/** Answers what the worker is asked, one question after the other. What is thrown becomes a fault of that question. */
export function answerCommands<T extends { id: number }>(
  command: z.ZodType<T>,
  answer: (command: T, answering: Answering) => Promise<unknown>,
): void {
  let last: Promise<void> = Promise.resolve();
  parentPort?.on('message', (message: unknown) => {
    if (message === END) {
      void last.then(() => process.exit(0));
      return;
    }
    const asked = command.parse(message);
    const { id } = asked;
    const answering: Answering = {
      sound: (samples) =>
        post({ type: 'sound', id, samples }, samples.buffer instanceof ArrayBuffer ? [samples.buffer] : []),
      progress: (progress) => post({ type: 'progress', id, progress }),
    };
    last = last.then(async () => {
      try {
        post({ type: 'done', id, result: await answer(asked, answering) });
      } catch (thrown) {
        post({ type: 'fault', id, fault: toFault(thrown) });
      }
    });
  });
}
