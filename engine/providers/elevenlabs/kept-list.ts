import { untilAborted } from '../until-aborted.ts';

/** Something that is read from a server and kept. Whoever asks while it is read shares the answer. */
export class KeptList<T> {
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #closing = new AbortController();
  #known: T | null = null;
  #reading: Promise<T> | null = null;

  /** @param read gets a signal that is aborted only when nobody can want it any more */
  constructor(read: (signal: AbortSignal) => Promise<T>) {
    this.#read = read;
  }

  /** As it was read last; null before. */
  get known(): T | null {
    return this.#known;
  }

  /** @param fresh reads it, whatever is known already @throws FaultError */
  async get(signal: AbortSignal, fresh = false): Promise<T> {
    if (this.#known !== null && !fresh) return this.#known;
    if (this.#reading === null) {
      this.#reading = this.#read(this.#closing.signal)
        .then((value) => {
          this.#known = value;
          return value;
        })
        .finally(() => {
          this.#reading = null;
        });
      this.#reading.catch(() => undefined);
    }
    return await untilAborted(signal, this.#reading);
  }

  close(): void {
    this.#closing.abort();
  }
}
