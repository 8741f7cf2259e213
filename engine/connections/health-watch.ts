import type { ProviderHealth } from '../../shared/schemas/voice.ts';

/** Waits before a provider that does not work is looked at again, in ms; the last one repeats. */
const WAITS = [3000, 6000, 12_000, 30_000, 60_000];

/** Looks at a provider again while it does not work, less and less often, so that its lamp turns when it is back. */
export class HealthWatch {
  readonly #probe: (signal: AbortSignal) => Promise<ProviderHealth>;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #looks = 0;

  constructor(probe: (signal: AbortSignal) => Promise<ProviderHealth>) {
    this.#probe = probe;
  }

  /** Takes in how it is, after somebody looked. */
  looked(health: Pick<ProviderHealth, 'status' | 'fault'>): void {
    // Asked again and again, a refused key looks like an attack; a person must see to it, and a new key is a new watch.
    if (health.status === 'failed' && health.fault?.code === 'unauthorised') this.#stop();
    else this.heard(health);
  }

  /** Takes in how it is, by what it did: one take that was refused says nothing of the others. */
  heard({ status }: Pick<ProviderHealth, 'status'>): void {
    if (status === 'ready') {
      this.#stop();
      this.#looks = 0;
    } else if (status !== 'idle' && this.#timer === null && !this.#closing.signal.aborted) {
      const wait = WAITS[Math.min(this.#looks, WAITS.length - 1)];
      this.#looks += 1;
      this.#timer = setTimeout(() => void this.#look(), wait);
      this.#timer.unref();
    }
  }

  close(): void {
    this.#closing.abort();
    this.#stop();
  }

  async #look(): Promise<void> {
    this.#timer = null;
    const health = await this.#probe(this.#closing.signal).catch(() => null);
    if (health) this.looked(health);
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
