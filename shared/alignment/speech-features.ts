import { HOP, LogBands, ROW } from './log-bands.ts';

/** What is kept of a sound to align it by: one row of {@link ROW} bytes each {@link HOP} seconds. */
export interface SpeechFeatures {
  frames: number;
  /**
   * Row after row: logarithm of the power in 26 mel bands and of all of it, in steps of 0.33 dB. That is far finer than
   * two renders agree, so that nothing is lost where they are kept.
   */
  rows: Uint8Array;
}

/** Samples that are kept before the next frame, so that the buffer is not moved with every piece. */
const ROOM = 65_536;

/** Features of a sound that arrives piece by piece. However it is cut, they are those of {@link speechFeatures}. */
export class SpeechFeatureStream {
  readonly #bands: LogBands;
  readonly #sampleRate: number;
  /** Samples not done with; the first one is number {@link #first} of the sound. */
  #samples: Float32Array;
  #first = 0;
  #filled = 0;
  #rows = new Uint8Array(256 * ROW);
  #frames = 0;

  /** @param sampleRate Hz, 16,000 or more */
  constructor(sampleRate: number) {
    this.#bands = new LogBands(sampleRate);
    this.#sampleRate = sampleRate;
    this.#samples = new Float32Array(ROOM);
  }

  /** Takes in the next samples: s16, or float from -1 to 1. They are copied. */
  push(samples: Float32Array | Int16Array): void {
    const scale = samples instanceof Int16Array ? 1 / 32768 : 1;
    for (let at = 0; at < samples.length; ) {
      const part = samples.subarray(at, at + this.#samples.length - this.#filled);
      for (let i = 0; i < part.length; i += 1) this.#samples[this.#filled + i] = (part[i] as number) * scale;
      this.#filled += part.length;
      at += part.length;
      this.#compute(this.#first + this.#filled - this.#bands.length);
    }
  }

  /** Says that nothing more comes. */
  finish(): SpeechFeatures {
    const frames = Math.max(1, Math.ceil((this.#first + this.#filled) / (HOP * this.#sampleRate)));
    while (this.#frames < frames) this.#frame();
    return { frames, rows: this.#rows.slice(0, frames * ROW) };
  }

  /** Where the window of the next frame begins, which stands around its time. */
  get #start(): number {
    return Math.round(this.#frames * HOP * this.#sampleRate - this.#bands.length / 2);
  }

  /** All frames that begin at or before a sample; then makes room. */
  #compute(last: number): void {
    while (this.#start <= last) this.#frame();
    const done = Math.max(0, this.#start - this.#first);
    if (done === 0 || this.#filled < this.#samples.length) return;
    this.#samples.copyWithin(0, done, this.#filled);
    this.#first += done;
    this.#filled -= done;
  }

  #frame(): void {
    const at = this.#frames * ROW;
    if (at === this.#rows.length) {
      const more = new Uint8Array(2 * at);
      more.set(this.#rows);
      this.#rows = more;
    }
    const known = this.#samples.subarray(0, this.#filled);
    this.#bands.write(known, this.#start - this.#first, this.#rows, at);
    this.#frames += 1;
  }
}

/**
 * Features by which two renders of one text are aligned.
 *
 * @param samples one channel: s16, or float from -1 to 1
 * @param sampleRate Hz, 16,000 or more
 */
export function speechFeatures(samples: Float32Array | Int16Array, sampleRate: number): SpeechFeatures {
  const stream = new SpeechFeatureStream(sampleRate);
  stream.push(samples);
  return stream.finish();
}
