import { expect, it } from 'vitest';
import { CreditRates } from './credit-rates.ts';
import { usualFacts } from './models.ts';

const v3 = usualFacts('eleven_v3');

it('goes by what was billed last, whatever the price list says', () => {
  const rates = new CreditRates();
  expect(rates.estimate(v3, 2611, 1)).toBe(1045);
  rates.learn('eleven_v3', 2000, 1, 2000);
  expect(rates.estimate(v3, 300, 1)).toBe(300);
  expect(rates.estimate(v3, 300, 2)).toBe(600);
  expect(rates.estimate(usualFacts('eleven_flash_v2_5'), 300, 1)).toBe(60);
});

it('takes off what the voice costs more, and learns nothing of short texts', () => {
  const rates = new CreditRates();
  rates.learn('eleven_v3', 1000, 2, 1000);
  expect(rates.estimate(v3, 1000, 1)).toBe(500);
  rates.learn('eleven_v3', 5, 1, 5);
  expect(rates.estimate(v3, 1000, 1)).toBe(500);
});

it('learns the price of a model nobody knows', () => {
  const rates = new CreditRates();
  expect(rates.estimate(usualFacts('eleven_v9'), 1000, 1)).toBeNull();
  rates.learn('eleven_v9', 1000, 1, 900);
  expect(rates.estimate(usualFacts('eleven_v9'), 1000, 1)).toBe(900);
});
