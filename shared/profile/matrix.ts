/** A square matrix, row after row. */
export interface Matrix {
  size: number;
  values: Float64Array;
}

export const matrix = (size: number): Matrix => ({ size, values: new Float64Array(size * size) });

/**
 * The inverse of a symmetric positive definite matrix, by its Cholesky factor (G. Golub, C. Van Loan: “Matrix
 * Computations”, 4.2).
 *
 * @throws RangeError where it is not positive definite
 */
export function inverted({ size, values }: Matrix): Matrix {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = values[i * size + j] as number;
      for (let k = 0; k < j; k += 1) sum -= (lower[i * size + k] as number) * (lower[j * size + k] as number);
      if (i !== j) lower[i * size + j] = sum / (lower[j * size + j] as number);
      else if (sum > 0) lower[i * size + i] = Math.sqrt(sum);
      else throw new RangeError('The matrix is not positive definite.');
    }
  }
  const inverse = matrix(size);
  const column = new Float64Array(size);
  for (let unit = 0; unit < size; unit += 1) {
    for (let i = 0; i < size; i += 1) {
      let sum = i === unit ? 1 : 0;
      for (let k = unit; k < i; k += 1) sum -= (lower[i * size + k] as number) * (column[k] as number);
      column[i] = i < unit ? 0 : sum / (lower[i * size + i] as number);
    }
    for (let i = size - 1; i >= 0; i -= 1) {
      let sum = column[i] as number;
      for (let k = i + 1; k < size; k += 1) sum -= (lower[k * size + i] as number) * (column[k] as number);
      column[i] = sum / (lower[i * size + i] as number);
    }
    for (let i = 0; i < size; i += 1) inverse.values[i * size + unit] = column[i] as number;
  }
  return inverse;
}

/** xᵀ M x. */
export function quadratic({ size, values }: Matrix, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    let row = 0;
    for (let j = 0; j < size; j += 1) row += (values[i * size + j] as number) * (x[j] as number);
    sum += row * (x[i] as number);
  }
  return sum;
}
