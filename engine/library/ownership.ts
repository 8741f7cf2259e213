import { type Lock, lockAlone, ownerLock } from './locks.ts';

/** How often a process that is not the owner asks whether it can be, in ms. */
const ASK_EVERY = 1000;

/** Who owns queue, migrations and alerts. One process does; when it ends, another one takes over. */
export class Ownership {
  #lock: Lock | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #listeners = new Set<(owner: boolean) => void>();

  get owner(): boolean {
    return this.#lock !== null;
  }

  /** Takes ownership where it is free. */
  claim(home: string): boolean {
    this.#lock ??= lockAlone(ownerLock(home));
    return this.owner;
  }

  /** Keeps asking; `tick` runs each time, and the listeners when ownership came. Does not keep the process alive. */
  watch(home: () => string, tick: (cameToOwn: boolean) => void): void {
    this.#timer = setInterval(() => {
      const before = this.owner;
      const came = !before && this.claim(home());
      tick(came);
      if (came) for (const listener of this.#listeners) listener(true);
    }, ASK_EVERY);
    this.#timer.unref();
  }

  /** Owns the library of another folder instead. */
  moveTo(home: string): void {
    this.#lock?.release();
    this.#lock = null;
    this.claim(home);
  }

  /** Calls the listener when ownership comes. Gives the function that ends that. */
  onChange(listener: (owner: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  release(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#lock?.release();
    this.#lock = null;
    this.#listeners.clear();
  }
}
