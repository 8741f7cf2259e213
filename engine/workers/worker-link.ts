import { once } from 'node:events';
import { type Transferable, Worker } from 'node:worker_threads';
import type { z } from 'zod';
import { FaultError } from '../../shared/errors.ts';
import { END, WorkerReply } from './worker-messages.ts';

/** A thread that has not ended by then hangs. The longest run of a speech model takes about half of this. */
const END_LIMIT_MS = 30_000;

export interface AskOptions {
  /** Memory that is handed over instead of copied. */
  transfer?: Transferable[];
  onSound?(samples: Int16Array): void;
  /** @param progress 0-1 */
  onProgress?(progress: number): void;
}

export interface WorkerLinkParts {
  url: URL;
  /** What open questions fail with when the worker ended by itself. */
  died(why: string): FaultError;
  /** What open and later questions fail with once the link is closed. */
  closed(): FaultError;
  /** Told when the worker ended by itself. */
  onDeath?(why: string): void;
  /** How long the thread may take to end once it is told to, in ms. */
  endLimitMs?: number;
}

interface Open extends AskOptions {
  resolve(result: unknown): void;
  reject(error: FaultError): void;
}

/**
 * A worker thread that is asked and answers. It starts with the first question; when it dies or is killed, open
 * questions fail, and the next question starts a new one.
 */
export class WorkerLink {
  readonly #parts: WorkerLinkParts;
  #worker: Worker | null = null;
  #closed = false;
  #lastId = 0;
  readonly #open = new Map<number, Open>();

  constructor(parts: WorkerLinkParts) {
    this.#parts = parts;
  }

  /** Whether the thread runs. */
  get running(): boolean {
    return this.#worker !== null;
  }

  /**
   * Asks the worker; its answers come in the order of the questions.
   * @throws FaultError what the worker said, or what the link was given for its death and its end
   */
  async ask<T>(command: unknown, answer: z.ZodType<T>, options: AskOptions = {}): Promise<T> {
    if (this.#closed) throw this.#parts.closed();
    const worker = this.#worker ?? this.#start();
    const id = ++this.#lastId;
    const result = await new Promise<unknown>((resolve, reject) => {
      this.#open.set(id, { ...options, resolve, reject });
      worker.postMessage({ id, command }, options.transfer);
    }).finally(() => this.#open.delete(id));
    return answer.parse(result);
  }

  /**
   * Ends the thread at once, whatever it does; open questions fail with `why`. Not for threads in native code: ended
   * from outside in its midst they take the whole process with them.
   */
  async kill(why: FaultError): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(why);
    await worker?.terminate();
  }

  /** Ends the thread after what it is doing. Open questions fail as closed, and no more are taken. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(this.#parts.closed());
    if (!worker) return;
    const ended = once(worker, 'exit');
    worker.postMessage(END);
    const late = setTimeout(() => void worker.terminate(), this.#parts.endLimitMs ?? END_LIMIT_MS);
    await ended;
    clearTimeout(late);
  }

  #start(): Worker {
    const worker = new Worker(this.#parts.url);
    this.#worker = worker;
    worker.on('message', (message: unknown) => this.#hear(message));
    worker.on('error', (error: unknown) => this.#die(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => this.#die(worker, `It ended with code ${code}.`));
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
    this.#failAll(this.#parts.died(why.slice(0, 500)));
    this.#parts.onDeath?.(why);
  }

  #failAll(error: FaultError): void {
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }
}
