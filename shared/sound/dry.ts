import { CHAIN_BLOCK, CHAIN_RATE } from './chain-format.ts';
import type { SourceReader } from './source-reader.ts';
import type { FrameLoop } from './stretch.ts';

/** Frames of the shortest loop: 20 ms. */
export const MIN_LOOP = Math.round(0.02 * CHAIN_RATE);

/** Fade from a loop's end into its start: 5 ms. */
const FADE = Math.round(0.005 * CHAIN_RATE);

/** The source itself, frame by frame, with a short cross-fade where a loop goes back to its start. */
export class DryReader {
  #reader: SourceReader;
  #frame = 0;
  #tail = 0;
  #tailLeft = 0;
  #scratch = new Float32Array(CHAIN_BLOCK);

  constructor(reader: SourceReader) {
    this.#reader = reader;
  }

  /** Source frame that the next block begins with. */
  get frame(): number {
    return this.#frame;
  }

  /** Goes on at `frame`. */
  seek(frame: number): void {
    this.#frame = frame;
    this.#tailLeft = 0;
  }

  /** Source frame that will be reached in `frames` frames. */
  after(frames: number, loop: FrameLoop | null): number {
    const frame = this.#frame + frames;
    if (!loop || frame < loop.end) return frame;
    return loop.start + ((Math.max(frame, loop.end) - loop.end) % (loop.end - loop.start));
  }

  /** Fills `out` with the next frames. */
  read(out: Float32Array, loop: FrameLoop | null): void {
    let done = 0;
    while (done < out.length) {
      if (loop && this.#frame >= loop.end) {
        this.#tail = this.#frame;
        this.#tailLeft = FADE;
        this.#frame = loop.start;
      }
      const count = Math.min(out.length - done, loop ? loop.end - this.#frame : out.length);
      this.#reader.read(this.#frame, count, out, done);
      this.#fade(out, done, count);
      this.#frame += count;
      done += count;
    }
  }

  #fade(out: Float32Array, at: number, length: number): void {
    const count = Math.min(length, this.#tailLeft);
    if (count === 0) return;
    this.#reader.read(this.#tail, count, this.#scratch, 0);
    for (let i = 0; i < count; i += 1) {
      const x = 1 - (this.#tailLeft - i) / FADE;
      const weight = x * x * (3 - 2 * x);
      const before = this.#scratch[i] as number;
      out[at + i] = before + weight * ((out[at + i] as number) - before);
    }
    this.#tail += count;
    this.#tailLeft -= count;
  }
}
