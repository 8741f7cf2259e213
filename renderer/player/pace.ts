import { z } from 'zod';

/** What was measured on the last takes of a provider. */
const ProviderPace = z.object({
  /** For each: seconds that playing had to begin after the first sample so as to never run dry. */
  delays: z.array(z.number().min(0)),
  /** For each: seconds of sound per second from the first sample to the last. */
  rates: z.array(z.number().min(0)),
});

/** Pace of each provider, to be kept over restarts. */
export const PaceRecord = z.record(z.string(), ProviderPace);
export type PaceRecord = z.infer<typeof PaceRecord>;

const KEPT_TAKES = 8;
/** Seconds for a provider not heard before. */
const UNKNOWN = 0.06;
/** Jitter comes out a little worse than it was so far. */
const SAFETY = 1.5;
const MARGIN = 0.04;
const LONGEST = 12;
/** Below this pace a source counts as slower than real time; nearer to 1 it is one with jitter. */
const SLOW = 0.95;
/** A delay shorter than this is noise of the clock. */
const NOISE = 0.005;

/** Watches how one take arrives. Times in seconds, from any clock that runs evenly. */
export class ArrivalMeter {
  #times: number[] = [];
  #lengths: number[] = [];

  /** @param now when it came @param seconds how long it plays */
  push(now: number, seconds: number): void {
    this.#times.push(now);
    this.#lengths.push(seconds);
  }

  /** Sound per second after the first piece; infinite where all came at once. */
  get rate(): number {
    const time = (this.#times.at(-1) ?? 0) - (this.#times[0] ?? 0);
    const sound = this.#lengths.slice(1).reduce((sum, length) => sum + length, 0);
    return time > 0 ? sound / time : Number.POSITIVE_INFINITY;
  }

  /**
   * Seconds from the first piece after which playing at the source's own pace, at most real time, never runs dry.
   * What a slow source lacks beyond that depends on the length of the take and is not part of it.
   */
  get delay(): number {
    const { rate } = this;
    const pace = rate < SLOW ? rate : 1;
    let delay = 0;
    let sound = 0;
    for (const [i, now] of this.#times.entries()) {
      if (i > 0) delay = Math.max(delay, now - (this.#times[0] ?? 0) - sound / pace);
      sound += this.#lengths[i] ?? 0;
    }
    return delay;
  }
}

/** Remembers how fast and how evenly each provider delivers, and sizes the jitter buffer by it. */
export class PaceMemory {
  #record: PaceRecord;

  /** @param record as {@link export} gave it */
  constructor(record: PaceRecord = {}) {
    this.#record = structuredClone(record);
  }

  /** Takes in one take that arrived whole. */
  learn(provider: string, arrival: Pick<ArrivalMeter, 'delay' | 'rate'>): void {
    const known = this.#record[provider] ?? { delays: [], rates: [] };
    const delay = arrival.delay < NOISE ? 0 : arrival.delay;
    this.#record[provider] = {
      delays: [...known.delays, delay].slice(-KEPT_TAKES),
      rates: [...known.rates, Math.min(1000, arrival.rate)].slice(-KEPT_TAKES),
    };
  }

  /**
   * Seconds of playing that should be there before it begins, so that it does not run dry.
   *
   * @param speed times normal at which it is played
   * @param seconds length of the take, where it is known
   */
  prebuffer(provider: string, speed: number, seconds: number | null): number {
    const known = this.#record[provider];
    if (!known || known.delays.length === 0) return UNKNOWN;
    const rate = Math.min(...known.rates) / speed;
    const worst = Math.max(...known.delays);
    const jitter = worst === 0 ? 0 : worst * SAFETY + MARGIN;
    const lag = rate < SLOW && seconds !== null ? (seconds / speed) * (1 - rate) : 0;
    return Math.min(LONGEST, jitter + lag);
  }

  export(): PaceRecord {
    return structuredClone(this.#record);
  }
}
