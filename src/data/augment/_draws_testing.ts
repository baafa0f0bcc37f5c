import { openRng, type Zyx } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { augmentations } from "./mod.ts";

/** The patch that {@linkcode drawn} draws for. */
export const drawnShapeVox: Zyx = [8, 64, 64];

/** How often {@linkcode drawn} draws. */
export const draws = 1500;

/** What an augmentation draws at many addresses. */
export function drawn<Parameters>(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): Parameters[] {
  const augmentation = augmentations.create(
    augmentations.schema.parse({ type, ...options }),
  );
  return Array.from({ length: draws }, (_, i) =>
    augmentation.draw(
      drawnShapeVox,
      openRng(11).at("sample", i, "augment", 0),
    ) as Parameters);
}

/** The changes drawn for whole samples, each a record of numbers. */
export function drawnChanges(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): Record<string, number>[] {
  return drawn<{ changes: Record<string, number>[] }>(
    type,
    { mode: "3d", ...options },
  ).map(({ changes: [first] }) => first!);
}

/**
 * Fails unless numbers spread evenly over a range: by the largest distance between
 * their distribution and the even one (Kolmogorov and Smirnov), which is above
 * 2 / sqrt(n) once in 1,500 times.
 */
export function assertEven(
  values: readonly number[],
  [low, high]: readonly [low: number, high: number],
): void {
  const sorted = values.toSorted((a, b) => a - b);
  assertEquals(sorted[0]! >= low && sorted.at(-1)! <= high, true, "range");
  const distance = Math.max(
    ...sorted.map((value, i) =>
      Math.abs((value - low) / (high - low) - (i + 0.5) / sorted.length)
    ),
  );
  assertEquals(distance < 2 / Math.sqrt(values.length), true, `${distance}`);
}

/** Fails unless as many are true as a chance gives, within 4 deviations. */
export function assertRate(values: readonly boolean[], chance: number): void {
  const of = values.length, count = values.filter(Boolean).length;
  const deviation = Math.sqrt(of * chance * (1 - chance));
  const isNear = Math.abs(count - of * chance) <= 4 * deviation;
  assertEquals(isNear, true, `${count} of ${of}, chance ${chance}`);
}

/** Fails if two lists of numbers go together, by more than 4 deviations of chance. */
export function assertUnrelated(
  a: readonly number[],
  b: readonly number[],
): void {
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return values.map((v) => v - mean);
  };
  const dot = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, v, i) => sum + v * q[i]!, 0);
  const x = centred(a), y = centred(b);
  const correlation = dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  const isSmall = Math.abs(correlation) < 4 / Math.sqrt(a.length);
  assertEquals(isSmall, true, `a correlation of ${correlation}`);
}

/** The share of the normal distribution below a number (Abramowitz, Stegun 7.1.26). */
export function normalShare(value: number): number {
  const x = Math.abs(value) / Math.SQRT2, t = 1 / (1 + 0.3275911 * x);
  const series = [
    0.254829592,
    -0.284496736,
    1.421413741,
    -1.453152027,
    1.061405429,
  ]
    .reduce((sum, a, k) => sum + a * t ** (k + 1), 0);
  const above = series * Math.exp(-x * x) / 2;
  return value < 0 ? above : 1 - above;
}
