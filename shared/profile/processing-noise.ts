import type { Matrix } from './matrix.ts';

/** What moving a voice's pitch does to its envelope beside what was meant: variances, and directions shared by all. */
export interface ProcessingNoise {
  /** Of each number of an envelope. */
  variances: readonly number[];
  /** Directions times the standard deviation along them. */
  directions: readonly (readonly number[])[];
}

/** Adds it to a covariance. */
export function addNoise({ size, values }: Matrix, { variances, directions }: ProcessingNoise): void {
  for (let i = 0; i < size; i += 1) {
    const diagonal = i * size + i;
    values[diagonal] = (values[diagonal] as number) + (variances[i] ?? 0);
    for (const direction of directions) {
      for (let j = 0; j < size; j += 1) {
        const place = i * size + j;
        values[place] = (values[place] as number) + (direction[i] ?? 0) * (direction[j] ?? 0);
      }
    }
  }
}
