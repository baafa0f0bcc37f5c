import { spreadOf } from "./spread.ts";
import { student95 } from "./student.ts";

/** How much larger one thing is than another, measured in pairs. */
export interface Difference {
  /** The mean of the pairs' differences. */
  readonly mean: number;
  /** Each pair's difference, in the order of the first thing. */
  readonly each: readonly number[];
  /**
   * 95 % confidence interval of the mean by Student's t, which supposes that
   * the differences are about normal; null for a single pair.
   */
  readonly interval: readonly [low: number, high: number] | null;
}

/**
 * The difference between two things that were measured under the same keys,
 * such as seeds; null if they share none. Pairs take out what the seed does to
 * both.
 */
export function pairedDifference(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): Difference | null {
  const each = [...a].flatMap(([key, value]) => {
    const other = b.get(key);
    return other === undefined ? [] : [value - other];
  });
  if (each.length === 0) return null;
  const { mean, deviation, n } = spreadOf(each);
  if (deviation === null) return { mean, each, interval: null };
  const reach = student95(n - 1) * deviation / Math.sqrt(n);
  return { mean, each, interval: [mean - reach, mean + reach] };
}
