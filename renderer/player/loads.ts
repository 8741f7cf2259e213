import type { TakeLoader } from './take-loader.ts';

/** The streams being read: of the take that plays, of one that is flipped to, and of those fetched beforehand. */
export class Loads {
  #loaders = new Set<TakeLoader>();

  /** The one that brings this take. */
  of(takeId: string): TakeLoader | null {
    for (const loader of this.#loaders) if (loader.takeId === takeId) return loader;
    return null;
  }

  /** One begins. */
  add(loader: TakeLoader): void {
    this.#loaders.add(loader);
    void loader.finished.then(() => this.#loaders.delete(loader));
  }

  /** Ends those of takes that are not wanted. */
  abandon(wanted: (takeId: string) => boolean): void {
    for (const loader of this.#loaders) {
      if (wanted(loader.takeId)) continue;
      loader.abandon();
      this.#loaders.delete(loader);
    }
  }
}
