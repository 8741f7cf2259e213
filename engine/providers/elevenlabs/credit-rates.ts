import type { ModelFacts } from './models.ts';

/** A shorter text says little: credits are rounded up for each request. */
const LEAST_CHARACTERS = 100;

/**
 * What a character costs in credits. Prices differ between plans and have changed several times in one year, so that what
 * this account was billed last goes before what is known of others.
 */
export class CreditRates {
  readonly #billed = new Map<string, number>();

  /**
   * Credits that so many characters will cost; null where nobody knows.
   * @param rate of the voice, times the usual
   */
  estimate({ id, creditsPerCharacter }: ModelFacts, characters: number, rate: number): number | null {
    const each = this.#billed.get(id) ?? creditsPerCharacter;
    // Without the last digits of a sum of binary fractions, which would round up.
    return each === null ? null : Math.ceil(Number((characters * each * rate).toFixed(6)));
  }

  /** Takes in what was billed. */
  learn(model: string, characters: number, rate: number, credits: number): void {
    if (characters < LEAST_CHARACTERS || rate <= 0) return;
    // Rounded up to whole credits, so that it is at most this.
    this.#billed.set(model, Number((credits / (characters * rate)).toFixed(3)));
  }
}
