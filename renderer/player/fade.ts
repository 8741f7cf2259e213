import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';

/** Frames of a fade: 5 ms. */
export const FADE_FRAMES = Math.round(0.005 * CHAIN_RATE);

/** Raised cosine from 0 to 1. */
export const FADE_CURVE = Float32Array.from(
  { length: FADE_FRAMES + 1 },
  (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * i) / FADE_FRAMES),
);

/** Raised-cosine fade in and out, so that starting and stopping anywhere does not click. */
export class Fade {
  #at = 0;
  #opening = false;

  get silent(): boolean {
    return this.#at === 0 && !this.#opening;
  }

  /** Fades in from where it stands; `atOnce` for sound that begins by itself. */
  open(atOnce: boolean): void {
    this.#opening = true;
    if (atOnce) this.#at = FADE_FRAMES;
  }

  /** Fades out from where it stands; `atOnce` where there is nothing to fade. */
  close(atOnce = false): void {
    this.#opening = false;
    if (atOnce) this.#at = 0;
  }

  /** Applies the fade in place. */
  process(frames: Float32Array): void {
    if (this.#opening && this.#at === FADE_FRAMES) return;
    for (let i = 0; i < frames.length; i += 1) {
      frames[i] = (frames[i] as number) * (FADE_CURVE[this.#at] as number);
      if (this.#opening && this.#at < FADE_FRAMES) this.#at += 1;
      else if (!this.#opening && this.#at > 0) this.#at -= 1;
    }
  }
}
