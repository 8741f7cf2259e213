import { type FaultError, fault } from '../../shared/errors.ts';

/** Samples that stay in memory although they are on disk: about 40 s at 24 kHz, so that who listens along needs no disk. */
const KEPT_SAMPLES = 1_000_000;

/**
 * Reads stored sound in pieces.
 *
 * @param from first sample
 * @param to the one after the last, which is on disk already
 */
export type ReadStored = (from: number, to: number) => AsyncIterable<Int16Array>;

/**
 * Sound that is still being made, for any number of readers: each gets all of it from its beginning, however late it
 * comes. Pieces are s16, one channel. The newest of them are in memory; older ones are read back from disk, once they are
 * there, by whoever comes late or falls behind.
 */
export class LiveAudio {
  readonly sampleRate: number;
  /** Samples it will have in all; null while that is not known. */
  readonly totalSamples: number | null;
  readonly #readStored: ReadStored | null;
  readonly #keep: number;
  /** Pieces in memory, one after the other. */
  #chunks: Int16Array[] = [];
  /** Pieces, and samples, that are no more in memory. */
  #droppedChunks = 0;
  #droppedSamples = 0;
  /** Samples that are on disk. */
  #stored = 0;
  readonly #waiting = new Set<() => void>();
  #samples = 0;
  #ended = false;
  #failure: FaultError | null = null;

  /**
   * @param readStored absent where nothing is stored: then all of it stays in memory
   * @param keep samples that stay in memory all the same
   */
  constructor(
    sampleRate: number,
    totalSamples: number | null,
    readStored: ReadStored | null = null,
    keep = KEPT_SAMPLES,
  ) {
    this.sampleRate = sampleRate;
    this.totalSamples = totalSamples;
    this.#readStored = readStored;
    this.#keep = keep;
  }

  get samples(): number {
    return this.#samples;
  }

  get ended(): boolean {
    return this.#ended || this.#failure !== null;
  }

  push(chunk: Int16Array): void {
    if (this.ended || chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#samples += chunk.length;
    this.#wake();
  }

  /** So many more samples, of those that were pushed, are on disk now. */
  stored(samples: number): void {
    this.#stored += samples;
    if (this.#readStored === null) return;
    for (let first = this.#chunks[0]; first; first = this.#chunks[0]) {
      const dropped = this.#droppedSamples + first.length;
      if (dropped > this.#stored || this.#samples - dropped < this.#keep) return;
      this.#chunks.shift();
      this.#droppedChunks += 1;
      this.#droppedSamples = dropped;
    }
  }

  /** All of it has come. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** It breaks off here: readers get what had come, then the failure. */
  fail(failure: FaultError): void {
    if (this.ended) return;
    this.#failure = failure;
    this.#wake();
  }

  /** Pieces from the beginning. Throws the failure where it broke off. */
  async *read(signal?: AbortSignal): AsyncGenerator<Int16Array> {
    let heard = 0;
    for (let index = 0; ; ) {
      if (index < this.#droppedChunks && this.#readStored) {
        index = this.#droppedChunks;
        const from = heard;
        heard = this.#droppedSamples;
        yield* this.#readStored(from, heard);
        continue;
      }
      const chunk = this.#chunks[index - this.#droppedChunks];
      if (chunk) {
        index += 1;
        heard += chunk.length;
        yield chunk;
      } else if (this.#failure) {
        throw this.#failure;
      } else if (this.#ended) {
        return;
      } else {
        await this.#change(signal);
        if (signal?.aborted) throw fault('cancelled', 'The listener has gone.');
      }
    }
  }

  #change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
      if (signal?.aborted) wake();
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
