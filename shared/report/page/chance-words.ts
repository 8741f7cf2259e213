/**
 * A chance as exactly as it is of use: three significant digits, very small ones by a power of ten. “0.0384”,
 * “1.23 × 10⁻⁷”.
 */
export function exactChance(chance: number): string {
  if (chance === 0 || chance >= 0.0001) return String(Number(chance.toPrecision(3)));
  const [mantissa = '', exponent = ''] = chance.toExponential(2).split('e');
  const raised = [...exponent].map((sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? '⁻').join('');
  return `${mantissa} × 10${raised}`;
}

/** “70 %”. */
export const percentWords = (part: number): string => `${Math.round(part * 100)} %`;

/** A number of points with a real minus sign. */
export const pointsWords = (value: number): string => value.toFixed(1).replace('-', '−');
