import type { EvaluatedCleft, EvaluatedSection } from "@/record/mod.ts";
import { spreadOf } from "./spread.ts";
import { student95 } from "./student.ts";

/** What counts of a section. */
export type PlacedSection = Pick<
  EvaluatedSection,
  "z" | "dice" | "truthVox" | "predictedVox"
>;

/** What counts of a cleft. */
export type PlacedCleft = EvaluatedCleft;

/** How much better one run is than another, section by section. */
export interface SectionDifference {
  /** The mean difference of Dice over sections where either has something. */
  readonly mean: number;
  /**
   * 95 % interval of the mean by Student's t; neighbours that are alike count as
   * fewer sections; null below three.
   */
  readonly interval: readonly [low: number, high: number] | null;
  /** In how many sections it is better, and in how many worse. */
  readonly better: number;
  readonly worse: number;
}

/** Compares Dice section by section; null without a section in common. */
export function sectionDifference(
  a: readonly PlacedSection[],
  b: readonly PlacedSection[],
): SectionDifference | null {
  const others = new Map(b.map((section) => [section.z, section]));
  const each = a.flatMap((one) => {
    const other = others.get(one.z);
    if (!other) return [];
    const isEmpty = one.truthVox + one.predictedVox + other.predictedVox === 0;
    const difference = one.dice - other.dice;
    return isEmpty || !Number.isFinite(difference) ? [] : [difference];
  });
  if (each.length === 0) return null;
  return {
    mean: spreadOf(each).mean,
    interval: intervalOfNeighbours(each),
    better: each.filter((difference) => difference > 0).length,
    worse: each.filter((difference) => difference < 0).length,
  };
}

/**
 * 95 % interval of the mean of numbers in a row, of which neighbours may be
 * alike: `n (1 − r) / (1 + r)` of them count, r the correlation of neighbours.
 */
export function intervalOfNeighbours(
  each: readonly number[],
): readonly [number, number] | null {
  const n = each.length;
  if (n < 3) return null;
  const { mean, deviation } = spreadOf(each);
  const squares = (n - 1) * deviation! ** 2;
  const products = each.slice(1).reduce(
    (sum, value, i) => sum + (value - mean) * (each[i]! - mean),
    0,
  );
  // Estimated from few numbers the correlation comes out low, by about this.
  const alike = squares === 0
    ? 0
    : products / squares + (1 + 4 * products / squares) / n;
  const r = Math.min(0.95, Math.max(0, alike));
  const counting = Math.max(2, n * (1 - r) / (1 + r));
  const reach = student95(Math.max(1, Math.round(counting) - 1)) *
    deviation! / Math.sqrt(counting);
  return [mean - reach, mean + reach];
}

/** How two runs differ in the clefts that they found. */
export interface CleftDifference {
  /** Clefts that the first alone found, and that the second alone did. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /**
   * How often two equally good runs differ as much: McNemar's exact test of the
   * clefts that one alone found.
   */
  readonly p: number;
}

/** Compares what of the same clefts two runs found; null unless they are the same. */
export function cleftDifference(
  a: readonly PlacedCleft[],
  b: readonly PlacedCleft[],
): CleftDifference | null {
  if (!areSame(a, b)) return null;
  const only = (one: readonly PlacedCleft[], other: typeof one) =>
    one.filter(({ foundVox }, i) => foundVox > 0 && other[i]!.foundVox === 0)
      .length;
  const onlyFirst = only(a, b), onlySecond = only(b, a);
  return { onlyFirst, onlySecond, p: mcNemar(onlyFirst, onlySecond) };
}

/** Whether two runs were measured against the same clefts. */
export function areSame(
  a: readonly PlacedCleft[],
  b: readonly PlacedCleft[],
): boolean {
  return a.length === b.length &&
    a.every(({ atVox, sizeVox }, i) =>
      sizeVox === b[i]!.sizeVox &&
      atVox.every((at, axis) => at === b[i]!.atVox[axis])
    );
}

/** The two-sided exact p of `a` against `b` where both are equally likely. */
export function mcNemar(a: number, b: number): number {
  const n = a + b;
  let logTerm = n * Math.log(0.5), sum = 0;
  for (let k = 0; k <= Math.min(a, b); k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * sum);
}
