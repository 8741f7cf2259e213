import { fault } from '../../../shared/errors.ts';
import { pause } from '../../../shared/pause.ts';
import type { Place, PlaceState } from './place.ts';

export interface ServerPoolOptions<Server> {
  /** Who they are together, for messages. */
  name: string;
  /**
   * Whether a server has nothing to do now; null where it cannot say. Asked after a request was left alone there, until it
   * is so.
   */
  isIdle(server: Server, signal: AbortSignal): Promise<boolean | null>;
  /** Milliseconds between two such questions. */
  askEveryMs?: number;
  /** Whether somebody else speaks with a server; such a one is only waited for where no other is free. */
  isTaken?(server: Server): boolean;
  /** Requests that may be waited for at once, over all servers; null for one at each. */
  atOnce?: number | null;
}

/** How long a server that failed is left out: doubled each time, in ms. */
const FIRST_REST_MS = 2000;
const LONGEST_REST_MS = 60_000;
const ASK_EVERY_MS = 500;
/** So many different texts one after the other make a server fail by its own fault. */
const FALTERED_TEXTS = 2;

interface Entry<Server> {
  server: Server;
  busy: boolean;
  /** It is busy with something that somebody waits for. */
  wanted: boolean;
  failures: number;
  /** Texts it failed with while it spoke, since it last did well. */
  faltered: Set<string>;
  /** Left out until then, as `Date.now()`. */
  restsUntil: number;
  /** Told when it is free again. */
  freed: (() => void) | null;
}

interface Waiter<Server> {
  fits: (server: Server) => boolean;
  resolve: (entry: Entry<Server>) => void;
  reject: (thrown: unknown) => void;
}

/**
 * Servers that take one request at a time: a second one would spoil the first (they keep the voice in a place that all
 * requests share), and one that was cancelled is worked on to its end all the same. Whoever waited longest gets the
 * server that is free first.
 */
export class ServerPool<Server> {
  readonly #options: ServerPoolOptions<Server>;
  readonly #entries: Entry<Server>[];
  readonly #waiters: Waiter<Server>[] = [];
  readonly #closing = new AbortController();
  /** Endings of waits for idle servers. */
  readonly #watches = new Set<Promise<void>>();

  constructor(servers: readonly Server[], options: ServerPoolOptions<Server>) {
    this.#options = options;
    this.#entries = servers.map((server) => ({
      server,
      busy: false,
      wanted: false,
      failures: 0,
      faltered: new Set(),
      restsUntil: 0,
      freed: null,
    }));
  }

  /** Requests that wait for a server. */
  get waiting(): number {
    return this.#waiters.length;
  }

  states(now = Date.now()): PlaceState<Server>[] {
    return this.#entries.map(({ server, busy, restsUntil }) => ({
      server,
      state: busy ? 'busy' : restsUntil > now ? 'left out' : 'free',
    }));
  }

  /**
   * Waits for a server. Where all that fit were left out, the one that has rested longest is tried again at once: better
   * that a person hears what is wrong than nothing.
   *
   * @param fits which servers can do it; by default all
   * @throws FaultError cancelled; unreachable where none fits (any more)
   */
  async take(signal: AbortSignal, fits: (server: Server) => boolean = () => true): Promise<Place<Server>> {
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    if (stop.aborted) throw cancelled();
    if (!this.#entries.some(({ server }) => fits(server))) throw this.#none();
    const entry = this.#choose(fits) ?? (await this.#wait(fits, stop));
    entry.busy = true;
    entry.wanted = true;
    return this.#place(entry);
  }

  /** Ends all waiting. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([...this.#watches]);
  }

  #none() {
    return fault('unreachable', `${this.#options.name} has no server that can do this.`, {
      todo: 'See which addresses are entered in Settings, and what they offer.',
    });
  }

  #choose(fits: (server: Server) => boolean): Entry<Server> | null {
    const { atOnce = null, isTaken = () => false } = this.#options;
    if (atOnce !== null && this.#entries.filter(({ wanted }) => wanted).length >= atOnce) return null;
    const now = Date.now();
    const fitting = this.#entries.filter(({ server }) => fits(server));
    const well = fitting.filter(({ restsUntil }) => restsUntil <= now);
    if (well.length > 0) {
      const free = well.filter(({ busy }) => !busy);
      return free.find(({ server }) => !isTaken(server)) ?? free[0] ?? null;
    }
    const resting = fitting.filter(({ busy }) => !busy);
    return resting.sort((a, b) => a.restsUntil - b.restsUntil)[0] ?? null;
  }

  #wait(fits: (server: Server) => boolean, stop: AbortSignal): Promise<Entry<Server>> {
    return new Promise((resolve, reject) => {
      const end = () => {
        const at = this.#waiters.indexOf(waiter);
        if (at >= 0) this.#waiters.splice(at, 1);
        stop.removeEventListener('abort', onStop);
      };
      const waiter: Waiter<Server> = {
        fits,
        resolve: (entry) => {
          end();
          resolve(entry);
        },
        reject: (thrown) => {
          end();
          reject(thrown);
        },
      };
      const onStop = () => waiter.reject(cancelled());
      stop.addEventListener('abort', onStop, { once: true });
      this.#waiters.push(waiter);
    });
  }

  #place(entry: Entry<Server>): Place<Server> {
    let ended = false;
    const once = (end: () => void) => () => {
      if (ended) return;
      ended = true;
      end();
    };
    const fail = () => {
      const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** entry.failures);
      entry.failures += 1;
      entry.restsUntil = Date.now() + rest;
      // Who waits for another one meanwhile may have this one then. A timer may come a moment early.
      void pause(rest + 1, this.#closing.signal).then(() => this.#serve());
    };
    return {
      server: entry.server,
      whenFree: (freed) => {
        entry.freed = freed;
      },
      done: once(() => {
        entry.failures = 0;
        entry.restsUntil = 0;
        entry.faltered.clear();
        this.#leave(entry, 0);
      }),
      unused: once(() => this.#leave(entry, 0)),
      failed: (workMs = 0) =>
        once(() => {
          fail();
          this.#leave(entry, workMs);
        })(),
      faltered: (text, workMs = 0) =>
        once(() => {
          entry.faltered.add(text);
          if (entry.faltered.size >= FALTERED_TEXTS) {
            // What it failed with once is forgotten, so that the next failure alone does not count as several.
            entry.faltered = new Set([text]);
            fail();
          }
          this.#leave(entry, workMs);
        })(),
      left: (workMs) => once(() => this.#leave(entry, workMs, true))(),
    };
  }

  /** Gives a place back: at once, or when the server has nothing to do any more. */
  #leave(entry: Entry<Server>, workMs: number, works = workMs > 0): void {
    entry.wanted = false;
    if (!works) {
      this.#free(entry);
      return;
    }
    const latest = Date.now() + workMs;
    const watch = this.#untilIdle(entry, latest).then((idle) => {
      const { freed } = entry;
      // Who has the same server after this pool must know of the work, too.
      if (!idle && freed) {
        entry.freed = null;
        setTimeout(freed, Math.max(0, latest - Date.now())).unref();
      }
      this.#free(entry);
    });
    this.#watches.add(watch);
    void watch.finally(() => this.#watches.delete(watch));
    // Where only so many may be waited for at once, somebody may have waited for this alone.
    this.#serve();
  }

  /**
   * Resolves when the server says that it is idle, or, where it cannot say, when it must be.
   * @returns false where the pool was closed before
   */
  async #untilIdle(entry: Entry<Server>, latest: number): Promise<boolean> {
    const { signal } = this.#closing;
    const { isIdle, askEveryMs = ASK_EVERY_MS } = this.#options;
    while (!signal.aborted) {
      const idle = await isIdle(entry.server, signal).catch(() => null);
      if (idle === true) return true;
      if (idle === null && Date.now() >= latest) return true;
      await pause(askEveryMs, signal);
    }
    return false;
  }

  #free(entry: Entry<Server>): void {
    entry.busy = false;
    entry.freed?.();
    entry.freed = null;
    this.#serve();
  }

  /** Gives servers that are free to those who wait, who waited longest first. */
  #serve(): void {
    for (const waiter of [...this.#waiters]) {
      // What a server can do may have changed since the wait began: its model, its voices.
      if (!this.#entries.some(({ server }) => waiter.fits(server))) {
        waiter.reject(this.#none());
        continue;
      }
      const next = this.#choose(waiter.fits);
      if (!next) continue;
      next.busy = true;
      next.wanted = true;
      waiter.resolve(next);
    }
  }
}

const cancelled = () => fault('cancelled', 'The request was cancelled.');
