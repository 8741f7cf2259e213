/** Stands where there is no figure. */
export const NO_FIGURE = '–';

/** A figure in words, or {@link NO_FIGURE} where there is none. */
export const orNone = (value: number | null, words: (value: number) => string) =>
  value === null ? NO_FIGURE : words(value);

/** A level such as “−18.4”, with a real minus sign. */
export function levelWords(value: number): string {
  return value.toFixed(1).replace('-', '−');
}

/** “1,840 ms”, and from ten seconds on “14.6 s”. */
export function waitWords(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  return whole < 10_000 ? `${whole.toLocaleString('en')} ms` : `${(whole / 1000).toFixed(1)} s`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** “12.4 MB”: bytes in decimal units. */
export function bytesWords(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)}\u00a0${UNITS[unit]}`;
}
