/** Takes held so that they play again without being fetched: at most so many, and so many bytes. */
const MOST_TAKES = 12;
const MOST_BYTES = 16 * 1024 * 1024;

/** A take whose samples the audio thread holds. */
export interface HeldTake {
  takeId: string;
  /** Under which the audio thread holds it. */
  key: string;
  /** Hz. */
  rate: number;
  samples: number;
  complete: boolean;
}

/** Which takes the audio thread holds, least recently played first. */
export class HeldTakes {
  #takes = new Map<string, HeldTake>();
  #drop: (key: string) => void;

  /** @param drop tells the audio thread to let samples go */
  constructor(drop: (key: string) => void) {
    this.#drop = drop;
  }

  get count(): number {
    return this.#takes.size;
  }

  get bytes(): number {
    let sum = 0;
    for (const take of this.#takes.values()) sum += take.samples * 2;
    return sum;
  }

  /** The take, if it is here whole; it then counts as just played. */
  whole(takeId: string): HeldTake | null {
    const take = this.#takes.get(takeId);
    if (!take?.complete) return null;
    this.#takes.delete(takeId);
    this.#takes.set(takeId, take);
    return take;
  }

  /** A take begins to arrive, in place of what was there of it. */
  begin(takeId: string, key: string, rate: number): HeldTake {
    this.remove(takeId);
    const take: HeldTake = { takeId, key, rate, samples: 0, complete: false };
    this.#takes.set(takeId, take);
    return take;
  }

  /** Lets a take go. */
  remove(takeId: string): void {
    const take = this.#takes.get(takeId);
    this.#takes.delete(takeId);
    if (take) this.#drop(take.key);
  }

  /** Lets the oldest go while there are too many, but never `keep`. */
  trim(keep: string): void {
    for (const takeId of this.#takes.keys()) {
      if (this.#takes.size <= MOST_TAKES && this.bytes <= MOST_BYTES) return;
      if (takeId !== keep) this.remove(takeId);
    }
  }

  /** Lets everything go. */
  clear(): void {
    for (const takeId of this.#takes.keys()) this.remove(takeId);
  }
}
