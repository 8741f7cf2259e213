import type { Heard } from '../../../shared/schemas/listening.ts';

/** Counts how often each stimulus was begun, and for how many s of its sound it was heard. */
export class HeardCounts {
  #heard = new Map<string, Heard>();
  #sounding: string | null = null;
  #since = 0;
  readonly #now: () => number;

  /**
   * @param now the clock of the sound output, in s: stands still while nothing can be heard
   * @param before what was counted before the page was left
   */
  constructor(now: () => number, before: Readonly<Record<string, Heard>> = {}) {
    this.#now = now;
    for (const [stimulus, heard] of Object.entries(before)) this.#heard.set(stimulus, heard);
  }

  /** A stimulus is begun, or gone over to. */
  begin(stimulus: string): void {
    const { plays, seconds } = this.of(stimulus);
    this.#heard.set(stimulus, { plays: plays + 1, seconds });
  }

  /** From now on this one is heard; null while none is. Also to be called now and then while one is. */
  turn(stimulus: string | null): void {
    const now = this.#now();
    if (this.#sounding !== null) {
      const { plays, seconds } = this.of(this.#sounding);
      this.#heard.set(this.#sounding, { plays, seconds: seconds + Math.max(0, now - this.#since) });
    }
    this.#sounding = stimulus;
    this.#since = now;
  }

  of(stimulus: string): Heard {
    return this.#heard.get(stimulus) ?? { plays: 0, seconds: 0 };
  }

  /** All of them. */
  get all(): Record<string, Heard> {
    return Object.fromEntries(this.#heard);
  }
}
