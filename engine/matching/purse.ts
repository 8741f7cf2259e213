import { type FaultError, fault } from '../../shared/errors.ts';
import type { Amount } from '../../shared/schemas/match-run.ts';

/** Money that was put aside for one render. */
export interface Aside {
  /** It was made: what it really cost counts. */
  pay(cost: Amount | null): void;
  /** It was not made. */
  putBack(): void;
}

/** Differences that come of adding up small amounts. */
const DUST = 1e-9;

/** What may be spent, and what was. Nothing is spent that was not agreed to. */
export class Purse {
  readonly #most: readonly Amount[];
  readonly #mostRenders: number;
  readonly #spent = new Map<string, number>();
  readonly #aside = new Map<string, number>();
  #renders: number;
  #rendersAside = 0;

  /**
   * @param most in each currency; what is not named must not be spent
   * @param mostRenders how many may be asked for
   * @param spent before, by the same run
   */
  constructor(most: readonly Amount[], mostRenders: number, spent: { cost: readonly Amount[]; renders: number }) {
    this.#most = most;
    this.#mostRenders = mostRenders;
    this.#renders = spent.renders;
    for (const { amount, currency } of spent.cost) this.#spent.set(currency, amount);
  }

  get renders(): number {
    return this.#renders;
  }

  get cost(): Amount[] {
    return [...this.#spent].map(([currency, amount]) => ({ currency, amount }));
  }

  /** @throws FaultError conflict where it would be more than was agreed to */
  putAside(cost: Amount | null): Aside {
    if (this.#renders + this.#rendersAside >= this.#mostRenders) throw tooMuch('more takes');
    if (cost !== null && cost.amount > 0) {
      const { amount: most } = this.#most.find(({ currency }) => currency === cost.currency) ?? { amount: 0 };
      const soon = this.#of(this.#spent, cost.currency) + this.#of(this.#aside, cost.currency) + cost.amount;
      if (soon > most + DUST) throw tooMuch('more money');
      this.#aside.set(cost.currency, this.#of(this.#aside, cost.currency) + cost.amount);
    }
    this.#rendersAside += 1;
    let open = true;
    const close = () => {
      if (!open) return false;
      open = false;
      this.#rendersAside -= 1;
      if (cost) this.#aside.set(cost.currency, this.#of(this.#aside, cost.currency) - cost.amount);
      return true;
    };
    return {
      pay: (real) => {
        if (!close()) return;
        this.#renders += 1;
        if (real) this.#spent.set(real.currency, this.#of(this.#spent, real.currency) + real.amount);
      },
      putBack: () => void close(),
    };
  }

  #of(sums: ReadonlyMap<string, number>, currency: string): number {
    return sums.get(currency) ?? 0;
  }
}

function tooMuch(what: string): FaultError {
  return fault('conflict', `It stopped: going on would need ${what} than was agreed to.`, {
    kept: 'What was found so far is kept, and is not asked for again.',
    todo: 'See what is still to be made, and begin anew with that.',
  });
}
