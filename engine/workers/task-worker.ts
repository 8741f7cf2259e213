import { type Transferable, Worker } from 'node:worker_threads';
import type { z } from 'zod';
import { FaultError, fault } from '../../shared/errors.ts';
import { TaskReply } from './task-messages.ts';

export interface TaskOptions {
  /** Memory that is handed over instead of copied. */
  transfer?: Transferable[];
  /** Ends the task, and the thread with it. */
  signal?: AbortSignal;
  /** The task fails with `late` after so many ms, and the thread ends. */
  limit?: { ms: number; late: FaultError };
  /** 0-1. */
  onProgress?: (progress: number) => void;
}

/**
 * A worker thread for tasks that would stall the engine. It starts with the first task and takes one after the other.
 * When it dies, is cancelled or is late, the task fails and the next one gets a new thread.
 */
export class TaskWorker {
  readonly #url: URL;
  readonly #name: string;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();

  /** @param name what it does, for messages: “The <name> stopped unexpectedly.” */
  constructor(url: URL, name: string) {
    this.#url = url;
    this.#name = name;
  }

  /** True while the thread runs. */
  get running(): boolean {
    return this.#worker !== null;
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
    await this.#stop();
  }

  async #do<T>(task: unknown, answer: z.ZodType<T>, { transfer, signal, limit, onProgress }: TaskOptions): Promise<T> {
    const stop = AbortSignal.any(signal ? [signal, this.#closing.signal] : [this.#closing.signal]);
    if (stop.aborted) throw fault('cancelled', 'It was cancelled.');
    const worker = this.#worker ?? this.#start();
    const ended = new AbortController();
    const { signal: untilEnd } = ended;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const result = await new Promise<unknown>((resolve, reject) => {
        const died = (why: string) =>
          reject(fault('internal', `The ${this.#name} stopped unexpectedly.`, { said: why.slice(0, 500) }));
        const hear = (message: unknown) => {
          const reply = TaskReply.parse(message);
          if (reply.type === 'progress') onProgress?.(reply.progress);
          else if (reply.type === 'fault') reject(new FaultError(reply.fault));
          else resolve(reply.result);
        };
        const fail = (error: unknown) => died(error instanceof Error ? error.message : String(error));
        const exit = (code: number) => died(`It ended with code ${code}.`);
        worker.on('message', hear).on('error', fail).on('exit', exit);
        untilEnd.addEventListener('abort', () => worker.off('message', hear).off('error', fail).off('exit', exit));
        stop.addEventListener('abort', () => reject(fault('cancelled', 'It was cancelled.')), { signal: untilEnd });
        if (limit) timer = setTimeout(() => reject(limit.late), limit.ms);
        worker.postMessage(task, transfer);
      });
      return answer.parse(result);
    } catch (thrown) {
      await this.#stop();
      throw thrown;
    } finally {
      clearTimeout(timer);
      ended.abort();
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#url);
    const gone = () => {
      if (this.#worker === worker) this.#worker = null;
    };
    worker.on('error', gone).on('exit', gone);
    this.#worker = worker;
    return worker;
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
