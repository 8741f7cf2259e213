/** What came out of the player, by frame of its context. */
export class Recording {
  #pieces: { frame: number; samples: Float32Array }[] = [];

  add(frame: number, samples: Float32Array): void {
    this.#pieces.push({ frame, samples });
  }

  clear(): void {
    this.#pieces = [];
  }

  /** Waits until everything up to this time of the context (s) is here. */
  async upToDate(time: number): Promise<void> {
    const end = () => this.#pieces.reduce((last, { frame, samples }) => Math.max(last, frame + samples.length), 0);
    while (end() < time * 48_000) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** First frame that was recorded. */
  get start(): number {
    return this.#pieces[0]?.frame ?? 0;
  }

  /** Everything, one after the other. */
  all(): Float32Array {
    const out = new Float32Array(this.#pieces.reduce((sum, { samples }) => sum + samples.length, 0));
    let at = 0;
    for (const { samples } of this.#pieces) {
      out.set(samples, at);
      at += samples.length;
    }
    return out;
  }

  /** From the first sample that is not silent to the last one. */
  sound(): number[] {
    const all = this.all();
    const first = all.findIndex((sample) => sample !== 0);
    const last = all.findLastIndex((sample) => sample !== 0);
    return first < 0 ? [] : [...all.subarray(first, last + 1)];
  }
}
