import { PcmSource } from '../../shared/sound/source.ts';

/** The sound that the audio thread holds, by key. */
export class Sources {
  #sources = new Map<string, PcmSource>();
  #broken = new Set<string>();

  /** In bytes. */
  get bytes(): number {
    let sum = 0;
    for (const source of this.#sources.values()) sum += source.bytes;
    return sum;
  }

  get count(): number {
    return this.#sources.size;
  }

  get(key: string): PcmSource | null {
    return this.#sources.get(key) ?? null;
  }

  /** It ended before its end. */
  isBroken(key: string): boolean {
    return this.#broken.has(key);
  }

  /** Sound of `rate` Hz begins under a key, in place of what was there. */
  load(key: string, rate: number): PcmSource {
    const source = new PcmSource(rate);
    this.#sources.set(key, source);
    this.#broken.delete(key);
    return source;
  }

  /** Takes samples over. Those of a key that was dropped are thrown away. */
  append(key: string, samples: Int16Array): void {
    this.#sources.get(key)?.append(samples);
  }

  end(key: string, broken: boolean): void {
    if (broken) this.#broken.add(key);
    this.#sources.get(key)?.end();
  }

  drop(key: string): void {
    this.#broken.delete(key);
    this.#sources.delete(key);
  }
}
