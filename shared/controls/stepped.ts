/** The nearest value that can be set: inside the range, a whole number of steps away from 0, free of float dust. */
export function stepped(value: number, { min, max, step }: { min: number; max: number; step: number }): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const rounded = Number((Math.round(value / step) * step).toFixed(digits));
  const within = Math.min(max, Math.max(min, rounded));
  return within === 0 ? 0 : within;
}
