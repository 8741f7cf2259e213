import type { z } from 'zod';
import { type FaultError, fault } from '../../shared/errors.ts';
import { type AskOptions, WorkerLink } from './worker-link.ts';

export interface TaskOptions extends Pick<AskOptions, 'transfer' | 'onProgress'> {
  /** Ends the task, and the thread with it. */
  signal?: AbortSignal;
  /** The task fails with `late` after so many ms, and the thread ends. */
  limit?: { ms: number; late: FaultError };
}

const cancelled = () => fault('cancelled', 'It was cancelled.');

/**
 * A worker thread for tasks that would stall the engine. It starts with the first task and takes one after the other.
 * When it dies, is cancelled or is late, the task fails and the next one gets a new thread.
 */
export class TaskWorker {
  readonly #link: WorkerLink;
  #last: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  /** @param name what it does, for messages: “The <name> stopped unexpectedly.” */
  constructor(url: URL, name: string) {
    const died = (said: string) => fault('internal', `The ${name} stopped unexpectedly.`, { said });
    this.#link = new WorkerLink({ url, died, closed: cancelled });
  }

  /** True while the thread runs. */
  get running(): boolean {
    return this.#link.running;
  }

  /** @throws FaultError what the worker said; cancelled; `limit.late`; internal when it died */
  run<T>(task: unknown, answer: z.ZodType<T>, options: TaskOptions = {}): Promise<T> {
    const turn = this.#last.then(() => this.#do(task, answer, options));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the thread. Tasks under way and waiting fail as cancelled. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
    await this.#link.kill(cancelled());
  }

  async #do<T>(task: unknown, answer: z.ZodType<T>, { signal, limit, ...ask }: TaskOptions): Promise<T> {
    const stop = AbortSignal.any(signal ? [signal, this.#closing.signal] : [this.#closing.signal]);
    if (stop.aborted) throw cancelled();
    let killed: Promise<void> | undefined;
    const kill = (why: FaultError) => {
      killed = this.#link.kill(why);
    };
    const onStop = () => kill(cancelled());
    stop.addEventListener('abort', onStop, { once: true });
    const timer = limit ? setTimeout(() => kill(limit.late), limit.ms) : undefined;
    try {
      return await this.#link.ask(task, answer, ask);
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', onStop);
      await killed;
    }
  }
}
