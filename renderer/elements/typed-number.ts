/** A number as people type it: a point or a comma before the decimals, any minus, and perhaps a unit behind it. */
const TYPED = /^\s*([+\-\u2212\u2013]?)\s*(\d+(?:[.,]\d*)?|[.,]\d+)\s*[^\d.,]*$/u;

/** Reads a number that was typed into a field. @returns `null` if it is none, or not one yet */
export function typedNumber(text: string): number | null {
  const [, sign, digits] = TYPED.exec(text) ?? [];
  if (digits === undefined) return null;
  const value = Number(digits.replace(',', '.'));
  return sign && sign !== '+' && value !== 0 ? -value : value;
}
