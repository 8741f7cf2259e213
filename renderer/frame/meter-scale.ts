/** Decibels and how far along the meter they stand, 0-1: the upper part, where one looks, has more room. */
const SCALE: readonly (readonly [number, number])[] = [
  [-60, 0],
  [-48, 0.08],
  [-24, 0.42],
  [-12, 0.68],
  [0, 0.95],
  [3, 1],
];

/** Where a level in dBFS stands on the meter, 0 (left, -60 dB and less) to 1 (+3 dB). */
export function meterPart(db: number): number {
  const [first] = SCALE;
  if (first === undefined || !(db > first[0])) return 0;
  for (let i = 1; i < SCALE.length; i += 1) {
    const low = SCALE[i - 1];
    const high = SCALE[i];
    if (low !== undefined && high !== undefined && db <= high[0]) {
      return low[1] + ((high[1] - low[1]) * (db - low[0])) / (high[0] - low[0]);
    }
  }
  return 1;
}

/** Decibels as words of one width: “−18.3”, or a dash where there is nothing to measure. */
export function decibels(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}`;
}
