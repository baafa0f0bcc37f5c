import { holm } from "./holm.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { student95, studentTails } from "./student.ts";

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
  /**
   * How often pairs without any difference give a mean as far from 0, by the
   * same test; null for a single pair.
   */
  readonly p: number | null;
  /**
   * The mean in standard deviations of one thing alone: Hedges' g of the two,
   * Cohen's d with the mean of both variances, corrected for few pairs
   * (doi:10.3102/10769986006002107); null for a single pair or without scatter.
   */
  readonly effect: number | null;
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
  const pairs = [...a].flatMap(([key, value]) => {
    const other = b.get(key);
    return other === undefined ? [] : [[value, other] as const];
  });
  if (pairs.length === 0) return null;
  const each = pairs.map(([value, other]) => value - other);
  const { mean, deviation, n } = spreadOf(each);
  if (deviation === null) {
    return { mean, each, interval: null, p: null, effect: null };
  }
  const error = deviation / Math.sqrt(n);
  const reach = student95(n - 1) * error;
  return {
    mean,
    each,
    interval: [mean - reach, mean + reach],
    p: mean === 0 ? 1 : studentTails(mean / error, n - 1),
    effect: hedges(
      mean,
      [0, 1].map((side) => spreadOf(pairs.map((pair) => pair[side]!))),
    ),
  };
}

/** Two things compared, one of several such pairs. */
export interface ComparedPair {
  /** How much larger the first is; null where they share no key. */
  readonly difference: Difference | null;
  /** Its p, corrected for the number of pairs (Holm). */
  readonly p: number | null;
}

/** The differences of several pairs of things, their p corrected for the number of pairs. */
export function comparePairs(
  pairs: readonly (readonly [
    a: ReadonlyMap<string, number>,
    b: ReadonlyMap<string, number>,
  ])[],
): ComparedPair[] {
  const differences = pairs.map(([a, b]) => pairedDifference(a, b));
  const corrected = holm(differences.map((one) => one?.p ?? null));
  return differences.map((difference, i) => ({ difference, p: corrected[i]! }));
}

/** Scatter below this share of the numbers is what rounding makes. */
const noiseShare = 1e-9;

function hedges(mean: number, sides: readonly Spread[]): number | null {
  const variance =
    sides.reduce((sum, { deviation }) => sum + deviation! ** 2, 0) / 2;
  const size = Math.max(...sides.map(({ mean }) => Math.abs(mean)));
  if (variance <= (noiseShare * size) ** 2) return null;
  const freedom = sides.reduce((sum, { n }) => sum + n - 1, 0);
  return (1 - 3 / (4 * freedom - 1)) * mean / Math.sqrt(variance);
}
