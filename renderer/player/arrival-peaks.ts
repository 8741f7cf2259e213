/** Peaks for each second of sound that arrives: enough for a picture that is replaced once the take has been measured. */
export const ARRIVAL_PEAKS = 50;

/** Finds the loudest sample, 0-1, of every 20 ms of a stream, however it is cut into pieces. */
export class ArrivalPeaks {
  readonly #size: number;
  #count = 0;
  #loudest = 0;

  /** @param rate Hz */
  constructor(rate: number) {
    this.#size = Math.max(1, Math.round(rate / ARRIVAL_PEAKS));
  }

  /** Takes a piece in. @returns peaks of the stretches that it completes */
  push(samples: Int16Array): number[] {
    const peaks: number[] = [];
    for (const sample of samples) {
      this.#loudest = Math.max(this.#loudest, Math.abs(sample));
      this.#count += 1;
      if (this.#count < this.#size) continue;
      peaks.push(this.#loudest / 32768);
      this.#count = 0;
      this.#loudest = 0;
    }
    return peaks;
  }
}
