import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { z } from 'zod';
import { FaultError, fault } from '../../../shared/errors.ts';
import { END, WorkerReply } from './worker-messages.ts';

/** A thread that has not ended by then hangs. The longest run of the model takes about half of this. */
const END_LIMIT_MS = 30_000;

interface Listeners {
  onSound?(samples: Int16Array): void;
  onProgress?(progress: number): void;
}

interface Open extends Listeners {
  resolve(result: unknown): void;
  reject(error: FaultError): void;
}

/**
 * A worker thread that is asked and answers. It starts with the first question; when it dies, open questions fail
 * with `provider_fault`, and the next question starts a new one.
 */
export class WorkerLink {
  readonly #name: string;
  readonly #url: URL;
  readonly #onDeath: (why: string) => void;
  readonly #endLimitMs: number;
  #worker: Worker | null = null;
  #closed = false;
  #lastId = 0;
  readonly #open = new Map<number, Open>();

  /**
   * @param name for messages, for example “Kokoro”
   * @param onDeath told when the worker ended by itself
   * @param endLimitMs how long it may take to end once it is told to
   */
  constructor(name: string, url: URL, onDeath: (why: string) => void = () => undefined, endLimitMs = END_LIMIT_MS) {
    this.#endLimitMs = endLimitMs;
    this.#name = name;
    this.#url = url;
    this.#onDeath = onDeath;
  }

  /** Whether the thread runs. */
  get running(): boolean {
    return this.#worker !== null;
  }

  /**
   * Asks the worker; its answers come in the order of the questions.
   * @throws FaultError what the worker said, or provider_fault when it died
   */
  async ask<T>(command: Record<string, unknown>, answer: z.ZodType<T>, listeners: Listeners = {}): Promise<T> {
    if (this.#closed) throw fault('cancelled', `The ${this.#name} engine was closed.`);
    const worker = this.#worker ?? this.#start();
    const id = ++this.#lastId;
    const result = await new Promise<unknown>((resolve, reject) => {
      this.#open.set(id, { ...listeners, resolve, reject });
      worker.postMessage({ ...command, id });
    }).finally(() => this.#open.delete(id));
    return answer.parse(result);
  }

  /**
   * Ends the thread. Open questions fail as cancelled. The thread ends itself after the run it is in: ended from outside
   * in the middle of native code it would take the whole process with it.
   */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(fault('cancelled', `The ${this.#name} engine was closed.`));
    if (!worker) return;
    const ended = once(worker, 'exit');
    worker.postMessage(END);
    const late = setTimeout(() => void worker.terminate(), this.#endLimitMs);
    await ended;
    clearTimeout(late);
  }

  #start(): Worker {
    const worker = new Worker(this.#url);
    this.#worker = worker;
    worker.on('message', (message: unknown) => this.#hear(message));
    worker.on('error', (error: unknown) => this.#die(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => this.#die(worker, `it ended with code ${code}`));
    return worker;
  }

  #hear(message: unknown): void {
    const reply = WorkerReply.parse(message);
    const open = this.#open.get(reply.id);
    if (!open) return;
    switch (reply.type) {
      case 'sound':
        open.onSound?.(reply.samples);
        break;
      case 'progress':
        open.onProgress?.(reply.progress);
        break;
      case 'done':
        open.resolve(reply.result);
        break;
      case 'fault':
        open.reject(new FaultError(reply.fault));
        break;
    }
  }

  #die(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#failAll(
      fault('provider_fault', `The ${this.#name} engine stopped unexpectedly.`, {
        kept: 'Sound that had already come is kept.',
        todo: 'Try again: it starts anew.',
        said: why.slice(0, 500),
      }),
    );
    this.#onDeath(why);
  }

  #failAll(error: FaultError): void {
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }
}
