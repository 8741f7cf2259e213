import { estimateSeconds } from '../../../shared/text/estimate.ts';
import type { SpeechRequest } from '../provider.ts';

/** Times its length that a sound may take to be made: on a processor alone it is made slower than it is heard. */
const SLOWEST = 6;
/** The sound may be so many times longer than was estimated, and its end slower than its beginning. */
const LONGER = 1.5;
const SLOWER = 1.25;
/** A server is left so long at least, in ms, before it is believed to have ended. */
const LEAST_MS = 1000;

/** Most time that all of a text can take to be made, in ms. */
export function workMs({ text, language, speed }: SpeechRequest): number {
  return 1000 * SLOWEST * estimateSeconds(text, language, speed);
}

/**
 * How far a server has come with a text, and how long it may work on where nobody hears it any more: by the pace at which
 * its sound came so far.
 */
export class WorkLeft {
  readonly #request: SpeechRequest;
  #sentAt: number | null = null;
  #heard = 0;
  #heardAt = 0;

  constructor(request: SpeechRequest) {
    this.#request = request;
  }

  /** Whether anything was asked of the server. */
  get begun(): boolean {
    return this.#sentAt !== null;
  }

  /** Whether any sound of it came. */
  get heardAny(): boolean {
    return this.#heard > 0;
  }

  /** The request goes out now. */
  sent(): void {
    this.#sentAt = performance.now();
  }

  /** So many more seconds of sound came. */
  heard(seconds: number): void {
    this.#heard += seconds;
    this.#heardAt = performance.now();
  }

  /** How long the rest may take at most, in ms; 0 where nothing was asked. @param now as `performance.now()` */
  ms(now = performance.now()): number {
    if (this.#sentAt === null) return 0;
    if (this.#heard === 0) return Math.max(LEAST_MS, workMs(this.#request) - (now - this.#sentAt));
    const { text, language, speed } = this.#request;
    const rest = Math.max(0, LONGER * estimateSeconds(text, language, speed) - this.#heard);
    return Math.max(LEAST_MS, SLOWER * rest * ((this.#heardAt - this.#sentAt) / this.#heard));
  }
}
