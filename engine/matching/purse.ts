import type { Amount } from '../../shared/schemas/match-run.ts';
import { OfAll } from './of-all.ts';

/** Money and a render that were put aside for one request. The first of its functions counts. */
export interface Aside {
  /** It was made: what it really cost counts. */
  pay(cost: Amount | null): void;
  /** It was asked for and came to nothing: what it may have cost counts all the same. */
  lose(cost: Amount | null): void;
  /** It was never asked for. */
  putBack(): void;
}

/** What a run has asked for. Requests under way are in it, at what they may cost, so that a crash forgets none. */
export interface Spent {
  /** Renders asked for, the lost ones among them. */
  renders: number;
  /** Those that came to nothing, and those that are not there yet. */
  lost: number;
  cost: Amount[];
}

export const NOTHING_SPENT: Spent = { renders: 0, lost: 0, cost: [] };

/** Differences that come of adding up small amounts. */
const DUST = 1e-9;

/**
 * What may be spent, and what was. Nothing is spent that was not agreed to: money counts whether anything came of it or
 * not, and of renders so many are made as were shown. One that is lost may be asked for again, within the money.
 */
export class Purse {
  readonly #most: ReadonlyMap<string, number>;
  readonly #mostRenders: number;
  readonly #onSpent: (spent: Spent) => void;
  readonly #spent = new Map<string, number>();
  readonly #aside = new Map<string, number>();
  #made: number;
  #lost: number;
  #rendersAside = 0;

  /**
   * @param most in each currency; what is not named must not be spent
   * @param mostRenders how many may be made
   * @param before what the same run has spent
   * @param onSpent told of each change before anything is asked for, so that it can be written down
   */
  constructor(
    most: readonly Amount[],
    mostRenders: number,
    before: Spent = NOTHING_SPENT,
    onSpent: (spent: Spent) => void = () => undefined,
  ) {
    this.#most = new Map(most.map(({ amount, currency }) => [currency, amount]));
    this.#mostRenders = mostRenders;
    this.#onSpent = onSpent;
    this.#lost = before.lost;
    this.#made = before.renders - before.lost;
    for (const { amount, currency } of before.cost) add(this.#spent, currency, amount);
  }

  get spent(): Spent {
    const all = new Map(this.#spent);
    for (const [currency, amount] of this.#aside) add(all, currency, amount);
    return {
      renders: this.#made + this.#lost + this.#rendersAside,
      lost: this.#lost + this.#rendersAside,
      cost: [...all].flatMap(([currency, amount]) => (amount > DUST ? [{ currency, amount }] : [])),
    };
  }

  /** @throws OfAll conflict where it would be more than was agreed to */
  putAside(cost: Amount | null): Aside {
    if (this.#made + this.#rendersAside >= this.#mostRenders) throw tooMuch('more takes');
    const { currency = '', amount = 0 } = cost ?? {};
    // A provider may bill more than it said: then nothing further is asked for, whatever is said of its price.
    const over = this.spent.cost.some((one) => one.amount > this.#mostOf(one.currency) + DUST);
    const soon = (this.#spent.get(currency) ?? 0) + (this.#aside.get(currency) ?? 0) + amount;
    if (over || (amount > 0 && soon > this.#mostOf(currency) + DUST)) throw tooMuch('more money');
    add(this.#aside, currency, amount);
    this.#rendersAside += 1;
    this.#onSpent(this.spent);
    let open = true;
    const close = (then: () => void) => {
      if (!open) return;
      open = false;
      this.#rendersAside -= 1;
      add(this.#aside, currency, -amount);
      then();
      this.#onSpent(this.spent);
    };
    const spend = (real: Amount | null) => {
      if (real) add(this.#spent, real.currency, real.amount);
    };
    return {
      pay: (real) =>
        close(() => {
          this.#made += 1;
          spend(real);
        }),
      lose: (real) =>
        close(() => {
          this.#lost += 1;
          spend(real);
        }),
      putBack: () => close(() => undefined),
    };
  }

  #mostOf(currency: string): number {
    return this.#most.get(currency) ?? 0;
  }
}

function add(sums: Map<string, number>, currency: string, amount: number): void {
  sums.set(currency, (sums.get(currency) ?? 0) + amount);
}

function tooMuch(what: string): OfAll {
  return new OfAll({
    code: 'conflict',
    message: `It stopped: going on would need ${what} than was agreed to, or than its limit allows.`,
    kept: 'What was found so far is kept, and is not asked for again.',
    todo: 'See what is still to be made, and begin anew with that.',
  });
}
