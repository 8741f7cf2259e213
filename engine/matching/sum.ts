import type { Amount } from '../../shared/schemas/match-run.ts';

/** Adds up what would be asked for, each request once. */
export class Sum {
  renders = 0;
  cached = 0;
  characters = 0;
  readonly #cost = new Map<string, number>();
  readonly #seen = new Set<string>();

  /** @returns false where it was added before */
  isNew(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  /** @param cost of each; null where it costs nothing */
  add(characters: number, cost: Amount | null, times = 1): void {
    this.renders += times;
    this.characters += characters * times;
    if (cost && cost.amount > 0) {
      this.#cost.set(cost.currency, (this.#cost.get(cost.currency) ?? 0) + cost.amount * times);
    }
  }

  get cost(): Amount[] {
    return [...this.#cost].map(([currency, amount]) => ({ currency, amount }));
  }
}
