import {
  type FilterBank,
  filterBank,
  firstSample,
  resample,
  resampledLength,
  resampledReady,
  sampleSpan,
} from './resampler.ts';
import type { PcmSource } from './source.ts';

const PIECE = 512;
const SLOTS = 128;

/**
 * Reads a source anywhere at the chain's rate. What was made is kept for the last 1.4 s or so, so that overlapping reads
 * cost nothing. All memory is taken at the start: reading allocates nothing.
 */
export class SourceReader {
  #source: PcmSource | null = null;
  #bank: FilterBank = filterBank(48_000);
  #frames = new Float32Array(PIECE * SLOTS);
  #pieceOf = new Int32Array(SLOTS).fill(-1);
  #filled = new Int32Array(SLOTS);
  #samples = new Float32Array(sampleSpan(this.#bank, PIECE));

  /**
   * Reads from `source` from now on.
   *
   * @throws FaultError `unsupported` for a rate that cannot be played
   */
  attach(source: PcmSource | null): void {
    if (source) this.#bank = filterBank(source.rate);
    this.#source = source;
    this.#pieceOf.fill(-1);
  }

  /** Frames that can be read for good. */
  get available(): number {
    if (!this.#source) return 0;
    return this.#source.ended
      ? resampledLength(this.#bank, this.#source.length)
      : resampledReady(this.#bank, this.#source.length);
  }

  /** All frames there will be, or `null` while that is not known. */
  get total(): number | null {
    return this.#source?.ended ? resampledLength(this.#bank, this.#source.length) : null;
  }

  /** Writes `count` frames from `from` on to `out` at `at`. What is not available is 0. */
  read(from: number, count: number, out: Float32Array, at: number): void {
    const end = Math.min(from + count, this.available);
    let frame = from;
    if (frame < 0) {
      const silent = Math.min(count, -frame);
      out.fill(0, at, at + silent);
      frame += silent;
    }
    while (frame < end) {
      const piece = Math.floor(frame / PIECE);
      const stop = Math.min(end, (piece + 1) * PIECE);
      const slot = piece % SLOTS;
      this.#fill(piece, slot, stop - piece * PIECE);
      const start = slot * PIECE + frame - piece * PIECE;
      const to = at + frame - from;
      for (let i = 0; i < stop - frame; i += 1) out[to + i] = this.#frames[start + i] as number;
      frame = stop;
    }
    if (frame < from + count) out.fill(0, at + frame - from, at + count);
  }

  #fill(piece: number, slot: number, needed: number): void {
    if (this.#pieceOf[slot] !== piece) {
      this.#pieceOf[slot] = piece;
      this.#filled[slot] = 0;
    }
    const filled = this.#filled[slot] as number;
    if (filled >= needed || !this.#source) return;
    const count = Math.min(PIECE, this.available - piece * PIECE) - filled;
    const frame = piece * PIECE + filled;
    this.#source.read(firstSample(this.#bank, frame), sampleSpan(this.#bank, count), this.#samples);
    resample(this.#bank, this.#samples, frame, count, this.#frames, slot * PIECE + filled);
    this.#filled[slot] = filled + count;
  }
}
