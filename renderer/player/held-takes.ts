import type { Fault } from '../../shared/errors.ts';

/** Takes held so that they play again without being fetched: at most so many, and so many bytes. */
const MOST_TAKES = 64;
const MOST_BYTES = 64 * 1024 * 1024;

/** A take whose samples the audio thread holds. */
export interface HeldTake {
  takeId: string;
  /** Under which the audio thread holds it. */
  key: string;
  /** Hz. */
  rate: number;
  samples: number;
  complete: boolean;
  /** Why it is not complete and will not be. */
  broken: Fault | null;
}

/** Which takes the audio thread holds, least recently played first. */
export class HeldTakes {
  #takes = new Map<string, HeldTake>();
  #kept = new Set<string>();
  /** Takes that were asked for, and those that answered instead. */
  #answered = new Map<string, string>();
  #drop: (key: string) => void;
  #inUse: (takeId: string) => boolean;

  /**
   * @param drop tells the audio thread to let samples go
   * @param inUse whether a take plays or is about to
   */
  constructor(drop: (key: string) => void, inUse: (takeId: string) => boolean) {
    this.#drop = drop;
    this.#inUse = inUse;
  }

  get count(): number {
    return this.#takes.size;
  }

  get bytes(): number {
    let sum = 0;
    for (const take of this.#takes.values()) sum += take.samples * 2;
    return sum;
  }

  /** What is here of a take. */
  get(takeId: string): HeldTake | null {
    return this.#takes.get(this.name(takeId)) ?? null;
  }

  /** The take, if it is here whole; it then counts as just played. */
  whole(takeId: string): HeldTake | null {
    const take = this.get(takeId);
    if (!take?.complete) return null;
    this.#takes.delete(take.takeId);
    this.#takes.set(take.takeId, take);
    return take;
  }

  /** The take that answered when this one was asked for; else the same. */
  name(takeId: string): string {
    return this.#answered.get(takeId) ?? takeId;
  }

  /** Another take answered than was asked for. */
  rename(asked: string, answered: string): void {
    this.#answered.set(asked, answered);
    if (this.#kept.delete(asked)) this.#kept.add(answered);
  }

  /** It is not let go for others until {@link release}. */
  keep(takeId: string): void {
    this.#kept.add(this.name(takeId));
  }

  /** It is let go when others need its place. */
  release(takeId: string): void {
    this.#kept.delete(this.name(takeId));
    this.trim();
  }

  isKept(takeId: string): boolean {
    return this.#kept.has(this.name(takeId));
  }

  /** A take begins to arrive, in place of what was there of it. */
  begin(takeId: string, key: string, rate: number): HeldTake {
    this.#letGo(takeId);
    const take: HeldTake = { takeId, key, rate, samples: 0, complete: false, broken: null };
    this.#takes.set(takeId, take);
    return take;
  }

  /** Lets a take go; it need not be kept any more. */
  remove(takeId: string): void {
    const name = this.name(takeId);
    this.#kept.delete(name);
    for (const [asked, answered] of this.#answered) if (answered === name) this.#answered.delete(asked);
    this.#letGo(name);
  }

  /** Lets the oldest go while there are too many, but none that is in use or to be kept. */
  trim(): void {
    for (const takeId of this.#takes.keys()) {
      if (this.#takes.size <= MOST_TAKES && this.bytes <= MOST_BYTES) return;
      if (!this.#kept.has(takeId) && !this.#inUse(takeId)) this.remove(takeId);
    }
  }

  /** Lets everything go. */
  clear(): void {
    for (const takeId of this.#takes.keys()) this.remove(takeId);
    this.#kept.clear();
    this.#answered.clear();
  }

  #letGo(takeId: string): void {
    const take = this.#takes.get(takeId);
    this.#takes.delete(takeId);
    if (take) this.#drop(take.key);
  }
}
