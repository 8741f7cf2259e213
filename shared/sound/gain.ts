import { CHAIN_RATE } from './chain-format.ts';

/** A change of gain takes 5 ms: short enough to feel immediate, long enough not to click. */
const RAMP_FRAMES = Math.round(0.005 * CHAIN_RATE);

/** Gain that moves to its target in a straight line. */
export class SmoothGain {
  #gain = 1;
  #target = 1;
  #step = 0;
  #left = 0;

  /** Moves to `decibels` over 5 ms, beginning with the next frame. */
  set(decibels: number): void {
    const target = Math.fround(10 ** (decibels / 20));
    if (target === this.#target) return;
    this.#target = target;
    this.#left = RAMP_FRAMES;
    this.#step = (target - this.#gain) / RAMP_FRAMES;
  }

  /** Is at its target at once: for a start from silence. */
  settle(): void {
    this.#gain = this.#target;
    this.#left = 0;
  }

  /** Applies the gain in place. */
  process(frames: Float32Array): void {
    if (this.#left === 0) {
      if (this.#gain === 1) return;
      for (let i = 0; i < frames.length; i += 1) frames[i] = (frames[i] as number) * this.#gain;
      return;
    }
    for (let i = 0; i < frames.length; i += 1) {
      if (this.#left > 0) {
        this.#left -= 1;
        this.#gain = this.#left === 0 ? this.#target : this.#gain + this.#step;
      }
      frames[i] = (frames[i] as number) * this.#gain;
    }
  }
}
