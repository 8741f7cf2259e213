import PQueue from 'p-queue';
import { fault } from '../../../shared/errors.ts';

/** Lets so many go at once; who came first goes first. How many can be changed at any time. */
export class Limiter {
  readonly #queue: PQueue;

  /** @param atOnce how many may go at once */
  constructor(atOnce: number) {
    this.#queue = new PQueue({ concurrency: atOnce });
  }

  get atOnce(): number {
    return this.#queue.concurrency;
  }

  /** Whoever is over a number that was lowered goes on to the end. */
  set atOnce(atOnce: number) {
    if (atOnce !== this.#queue.concurrency) this.#queue.concurrency = atOnce;
  }

  /** How many hold a place. */
  get taken(): number {
    return this.#queue.pending;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Waits for a place.
   *
   * @param signal gives the place back, or ends the wait for it
   * @returns gives the place back; calling it again does nothing
   * @throws FaultError cancelled
   */
  place(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      this.#queue
        .add(() => new Promise<void>((leave) => resolve(leave)), { signal })
        // Once the place was given this is heard by nobody.
        .catch(() => reject(fault('cancelled', 'The request was cancelled.')));
    });
  }
}
