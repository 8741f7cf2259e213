import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { LoudnessMeter } from '../../shared/sound/loudness.ts';

/** Level, peak and loudness of what comes out. Allocates nothing while it runs. */
export class Meter {
  #loudness = new LoudnessMeter(CHAIN_RATE);
  #energy = 0;
  #frames = 0;
  /** Highest absolute sample since {@link next}. */
  peak = 0;
  /** A sample went beyond full scale since {@link reset}. */
  clipped = false;

  push(frames: Float32Array): void {
    for (let i = 0; i < frames.length; i += 1) {
      const sample = Math.abs(frames[i] as number);
      this.#energy += sample * sample;
      if (sample > this.peak) this.peak = sample;
    }
    this.#frames += frames.length;
    if (this.peak > 1) this.clipped = true;
    this.#loudness.push(frames);
  }

  /** Root mean square since {@link next}. */
  get level(): number {
    return this.#frames === 0 ? 0 : Math.sqrt(this.#energy / this.#frames);
  }

  /** LUFS of the last 400 ms. */
  get momentary(): number | null {
    return this.#loudness.momentary();
  }

  /** LUFS since {@link reset}. */
  get integrated(): number | null {
    return this.#loudness.integrated();
  }

  /** Begins the next interval of level and peak. */
  next(): void {
    this.#energy = 0;
    this.#frames = 0;
    this.peak = 0;
  }

  /** Forgets everything. */
  reset(): void {
    this.next();
    this.clipped = false;
    this.#loudness.reset();
  }
}
