import { decorrelatedJitterGenerator, ExponentialBackoff, type IBackoff } from 'cockatiel';
import { fault } from '../../../shared/errors.ts';
import { pause } from '../../../shared/pause.ts';
import { HttpFault } from '../http/http-fault.ts';

/** When something that failed is tried again, and after how long. */
export interface Retrying {
  /**
   * Whether what was thrown may be tried again: nothing was done and nothing is paid for.
   * @param nth which try threw it, from 1 on
   */
  mayRetry(thrown: unknown, nth: number): boolean;
  /** Times it is tried in all. */
  tries?: number;
  /** The first wait is about so long, in ms; each further one about twice as long as the one before. */
  firstWaitMs?: number;
  /** No wait is longer, in ms. Who asks for more by `Retry-After` is not asked again. */
  longestWaitMs?: number;
}

export const USUAL_TRIES = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Added to what `Retry-After` asks for, in ms at most, so that those who were refused together do not come together. */
const SPREAD_MS = 250;

/** How long to wait before each further try: jittered, longer each time, and as long as the server asks for. */
export class Waits {
  readonly #backoff: ExponentialBackoff<[number, number]>;
  readonly #longestMs: number;
  #last: IBackoff<unknown> | null = null;

  constructor({ firstWaitMs = FIRST_WAIT_MS, longestWaitMs = LONGEST_WAIT_MS }: Omit<Retrying, 'mayRetry'> = {}) {
    this.#longestMs = longestWaitMs;
    this.#backoff = new ExponentialBackoff({
      generator: decorrelatedJitterGenerator,
      initialDelay: firstWaitMs,
      maxDelay: longestWaitMs,
    });
  }

  /** The next wait in ms, after this was thrown; null where the server asks for a longer one than is waited. */
  next(thrown: unknown): number | null {
    const asked = thrown instanceof HttpFault ? thrown.retryAfterMs : null;
    if (asked !== null) return asked > this.#longestMs ? null : asked + Math.random() * SPREAD_MS;
    const next: IBackoff<unknown> = this.#last ? this.#last.next(undefined) : this.#backoff.next();
    this.#last = next;
    return next.duration;
  }
}

/**
 * Tries something until it is done, until it fails in a way that may not be tried again, or until it was tried often
 * enough. cockatiel's own retry waits on after the signal was aborted, so that only its waits are taken.
 *
 * @param attempt gets its number, from 1 on
 * @throws FaultError cancelled as soon as the signal is aborted, else what the last attempt threw
 */
export async function retryingWhere<T>(
  attempt: (nth: number) => Promise<T>,
  retrying: Retrying,
  signal: AbortSignal,
): Promise<T> {
  const { mayRetry, tries = USUAL_TRIES } = retrying;
  const waits = new Waits(retrying);
  for (let nth = 1; ; nth += 1) {
    if (signal.aborted) throw cancelled();
    try {
      return await attempt(nth);
    } catch (thrown) {
      if (signal.aborted || nth >= tries || !mayRetry(thrown, nth)) throw thrown;
      const ms = waits.next(thrown);
      if (ms === null) throw thrown;
      await pause(ms, signal);
    }
  }
}

const cancelled = () => fault('cancelled', 'The request was cancelled.');
