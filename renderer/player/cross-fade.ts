import { FADE_CURVE, FADE_FRAMES } from './fade.ts';

/** Raised cosine from one sound into another, 5 ms: their weights sum to 1, since both say the same at the same time. */
export class CrossFade {
  #at = FADE_FRAMES;

  /** Both sounds are needed still. */
  get active(): boolean {
    return this.#at < FADE_FRAMES;
  }

  /** Begins with the next frame, of which all is the old sound. */
  start(): void {
    this.#at = 0;
  }

  /** Nothing of the old sound is needed any more. */
  end(): void {
    this.#at = FADE_FRAMES;
  }

  /** Mixes the old sound into the new one. */
  process(fresh: Float32Array, old: Float32Array): void {
    const count = Math.min(fresh.length, FADE_FRAMES - this.#at);
    for (let i = 0; i < count; i += 1) {
      const before = old[i] as number;
      fresh[i] = before + (FADE_CURVE[this.#at + i] as number) * ((fresh[i] as number) - before);
    }
    this.#at += count;
  }
}
