/**
 * Sound of one take as it arrives: s16, one channel, at the provider's own rate. Grows at its end and is read anywhere.
 * Pieces are kept as they came, so appending copies nothing.
 */
export class PcmSource {
  /** Hz. */
  readonly rate: number;
  #pieces: Int16Array[] = [];
  #starts: number[] = [];
  #length = 0;
  #ended = false;

  /** @param rate Hz */
  constructor(rate: number) {
    this.rate = rate;
  }

  /** Samples that have arrived. */
  get length(): number {
    return this.#length;
  }

  /** True once nothing more will come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Memory held, in bytes. */
  get bytes(): number {
    return this.#length * Int16Array.BYTES_PER_ELEMENT;
  }

  /** Takes samples over; they must not be written to afterwards. */
  append(samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#pieces.push(samples);
    this.#starts.push(this.#length);
    this.#length += samples.length;
  }

  /** Says that nothing more will come. */
  end(): void {
    this.#ended = true;
  }

  /** Writes `count` samples from `from` on as floats (-1 to 1) to `out`; what is not there is 0. */
  read(from: number, count: number, out: Float32Array): void {
    let done = 0;
    if (from < 0) {
      done = Math.min(count, -from);
      out.fill(0, 0, done);
    }
    let index = this.#pieceAt(from + done);
    while (done < count) {
      const piece = this.#pieces[index];
      const start = this.#starts[index];
      if (piece === undefined || start === undefined || from + done >= this.#length) {
        out.fill(0, done, count);
        return;
      }
      const offset = from + done - start;
      const length = Math.min(count - done, piece.length - offset);
      for (let i = 0; i < length; i += 1) out[done + i] = (piece[offset + i] as number) / 32768;
      done += length;
      index += 1;
    }
  }

  #pieceAt(sample: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= sample) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
