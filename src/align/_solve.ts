/**
 * Solves a symmetric, positive system of equations by Cholesky's decomposition.
 *
 * @param matrix `[n, n]`.
 * @returns `n` numbers; null if the matrix is not positive.
 */
export function solve(
  matrix: Float64Array,
  right: Float64Array,
): Float64Array | null {
  const n = right.length, lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[n * i + j]!;
      for (let k = 0; k < j; k++) sum -= lower[n * i + k]! * lower[n * j + k]!;
      if (i !== j) {
        lower[n * i + j] = sum / lower[n * j + j]!;
        continue;
      }
      if (!(sum > 1e-12 * Math.abs(matrix[n * i + i]!))) return null;
      lower[n * i + i] = Math.sqrt(sum);
    }
  }
  const result = right.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) result[i]! -= lower[n * i + k]! * result[k]!;
    result[i]! /= lower[n * i + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      result[i]! -= lower[n * k + i]! * result[k]!;
    }
    result[i]! /= lower[n * i + i]!;
  }
  return result;
}
