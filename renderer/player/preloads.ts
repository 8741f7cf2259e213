import type { Fault } from '../../shared/errors.ts';

/** Streams read at once, so that one that is to be heard now finds a free connection. */
const MOST_AT_ONCE = 3;

/** What became of a take that was fetched beforehand. */
export interface Preloaded {
  /** The take that answered: another one where the one asked for had been made before. */
  takeId: string;
  /** Why not all of it is here; null if it is. */
  fault: Fault | null;
}

interface Waiting {
  takeId: string;
  begin(): void;
  cancel(): void;
}

/** Fetches takes quietly, a few at a time, in the order in which they were asked for. */
export class Preloads {
  #waiting: Waiting[] = [];
  #running = 0;

  /** @param load begins to read the take, or finds it here */
  add(takeId: string, load: () => Promise<Preloaded>): Promise<Preloaded> {
    return new Promise((resolve) => {
      const begin = () => {
        this.#running += 1;
        void load().then((loaded) => {
          this.#running -= 1;
          resolve(loaded);
          this.#next();
        });
      };
      const cancel = () =>
        resolve({ takeId, fault: { code: 'cancelled', message: 'The take was not wanted any more.' } });
      this.#waiting.push({ takeId, begin, cancel });
      this.#next();
    });
  }

  /** Gives up those that have not begun. */
  cancel(unwanted: (takeId: string) => boolean): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ takeId }) => !unwanted(takeId));
    for (const one of waiting) if (unwanted(one.takeId)) one.cancel();
  }

  #next(): void {
    while (this.#running < MOST_AT_ONCE) {
      const next = this.#waiting.shift();
      if (!next) return;
      next.begin();
    }
  }
}
