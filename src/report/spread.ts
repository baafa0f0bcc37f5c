/** A mean over seeds. */
export interface Spread {
  /** The mean. */
  readonly mean: number;
  /** The sample standard deviation (n − 1); null for a single value. */
  readonly deviation: number | null;
  /** How many values there were. */
  readonly n: number;
}

/** The mean and the sample standard deviation of at least one number. */
export function spreadOf(values: readonly number[]): Spread {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, deviation: null, n };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (n - 1)), n };
}
