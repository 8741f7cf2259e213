import { type FaultError, fault } from '../../shared/errors.ts';

/**
 * Sound that is still being made, for any number of readers: each gets all of it from its beginning, however late it
 * comes. Pieces are s16, one channel.
 */
export class LiveAudio {
  readonly sampleRate: number;
  /** Samples it will have in all; null while that is not known. */
  readonly totalSamples: number | null;
  readonly #chunks: Int16Array[] = [];
  readonly #waiting = new Set<() => void>();
  #samples = 0;
  #ended = false;
  #failure: FaultError | null = null;

  constructor(sampleRate: number, totalSamples: number | null) {
    this.sampleRate = sampleRate;
    this.totalSamples = totalSamples;
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

  /** All samples so far in one piece. */
  collect(): Int16Array {
    const all = new Int16Array(this.#samples);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  /** Pieces from the beginning. Throws the failure where it broke off. */
  async *read(signal?: AbortSignal): AsyncGenerator<Int16Array> {
    for (let index = 0; ; ) {
      const chunk = this.#chunks[index];
      if (chunk) {
        index += 1;
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
