import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Aside, Purse, type Spent } from './purse.ts';

const CREDITS = 'credits';
const credits = (amount: number) => ({ amount, currency: CREDITS });
const total = ({ cost }: Spent) => cost.reduce((sum, { amount }) => sum + amount, 0);

/** What may happen to renders: one more is asked for, or one that is under way ends. */
const Step = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const), price: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ kind: fc.constantFrom('pay' as const, 'lose' as const, 'back' as const), which: fc.nat(10) }),
);

describe('a purse', () => {
  it('never lets more be spent or made than was agreed to, however renders end', () => {
    fc.assert(
      fc.property(
        fc.array(Step, { maxLength: 60 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 12 }),
        (steps, most, renders) => {
          const written: Spent[] = [];
          const purse = new Purse([credits(most)], renders, undefined, (spent) => written.push(spent));
          const open: { aside: Aside; price: number }[] = [];
          let [made, lost, spent] = [0, 0, 0];
          for (const step of steps) {
            if (step.kind === 'ask') {
              try {
                open.push({ aside: purse.putAside(credits(step.price)), price: step.price });
              } catch {
                const pending = open.reduce((sum, { price }) => sum + price, 0);
                // It refuses only where it has to.
                expect(made + open.length >= renders || spent + pending + step.price > most).toBe(true);
                continue;
              }
            } else if (open.length > 0) {
              const [{ aside, price }] = open.splice(step.which % open.length, 1) as [(typeof open)[number]];
              if (step.kind === 'pay') aside.pay(credits(price));
              if (step.kind === 'lose') aside.lose(credits(price));
              if (step.kind === 'back') aside.putBack();
              // The first one counts.
              aside.pay(credits(1000));
              if (step.kind === 'pay') made += 1;
              if (step.kind === 'lose') lost += 1;
              if (step.kind !== 'back') spent += price;
            }
            const pending = open.reduce((sum, { price }) => sum + price, 0);
            expect(total(purse.spent)).toBeCloseTo(spent + pending);
            expect(total(purse.spent)).toBeLessThanOrEqual(most);
            expect(purse.spent).toMatchObject({ renders: made + lost + open.length, lost: lost + open.length });
            expect(made + open.length).toBeLessThanOrEqual(renders);
          }
          // What was written down last is what it has spent, so that a crash forgets nothing.
          if (written.length > 0) expect(written.at(-1)).toEqual(purse.spent);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  it('goes on from what was written down: what was under way is lost, and its money with it', () => {
    const written: Spent[] = [];
    const purse = new Purse([credits(100)], 3, undefined, (spent) => written.push(spent));
    purse.putAside(credits(30)).pay(credits(25));
    purse.putAside(credits(30));
    expect(written.at(-1)).toEqual({ renders: 2, lost: 1, cost: [credits(55)] });
    const after = new Purse([credits(100)], 3, written.at(-1));
    expect(after.spent).toEqual({ renders: 2, lost: 1, cost: [credits(55)] });
    // Two are still to be made, and 45 to be spent.
    after.putAside(credits(30)).pay(credits(30));
    expect(() => after.putAside(credits(30))).toThrow('more money');
    after.putAside(credits(15)).pay(credits(15));
    expect(() => after.putAside(null)).toThrow('more takes');
    expect(after.spent.renders).toBe(4);
  });

  it('spends nothing in a currency that nobody agreed to, and nothing more once a provider billed too much', () => {
    const purse = new Purse([credits(100)], 10);
    expect(() => purse.putAside({ amount: 0.01, currency: 'USD' })).toThrow('more money');
    // Said to cost nothing, and billed all the same.
    purse.putAside(null).pay({ amount: 1, currency: 'USD' });
    expect(() => purse.putAside(null)).toThrow('more money');
    expect(() => purse.putAside(credits(1))).toThrow('more money');
  });
});
