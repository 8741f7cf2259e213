/** An amount under this, in a currency, is told with four digits after the point. */
const SMALL = 0.1;

/** What providers count in that is no currency: the word for one of it, and for several. */
const COUNTED: Record<string, [one: string, many: string]> = { credits: ['credit', 'credits'] };

/**
 * An amount of money or of a provider’s credits: “$0.0042”, “$1.20”, “23 credits”, “0.5 credits”; “free” for nothing.
 */
export function amountWords(amount: number, currency: string): string {
  if (amount === 0) return 'free';
  if (!/^[A-Z]{3}$/.test(currency)) return counted(amount, currency);
  const digits = Math.abs(amount) < SMALL ? 4 : 2;
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

function counted(amount: number, what: string): string {
  const figure = amount.toLocaleString('en', { maximumFractionDigits: Math.abs(amount) < 10 ? 1 : 0 });
  if (figure === '0') return `under 0.1 ${what}`;
  const [one, many] = COUNTED[what] ?? [what, what];
  return `${figure}\u00a0${figure === '1' ? one : many}`;
}
