/** More distinct numbers than this are taken in thirds. */
const mostLevels = 5;

/**
 * How much of the scatter of `scores` goes with an option: the share of its
 * variance between runs of different values, without what chance alone puts
 * there (epsilon squared, Kelley 1935), from 0 to 1; null where that cannot be
 * told. Many numbers are taken in thirds of equally many runs.
 */
export function importanceOf(
  values: readonly (string | null)[],
  scores: readonly number[],
): number | null {
  const known = values.flatMap((value, i) =>
    value !== null && Number.isFinite(scores[i]) ? [[value, scores[i]!]] : []
  ) as [string, number][];
  const levels = levelsOf(known.map(([value]) => value));
  const groups = Map.groupBy(
    known.map(([, score]) => score),
    (_, i) => levels[i]!,
  );
  const n = known.length, k = groups.size;
  if (k < 2 || n <= k) return null;
  const mean = meanOf(known.map(([, score]) => score));
  const total = squares(known.map(([, score]) => score), mean);
  if (total === 0) return null;
  const within = [...groups.values()].reduce(
    (sum, group) => sum + squares(group, meanOf(group)),
    0,
  );
  const between = total - within - (k - 1) * within / (n - k);
  return Math.max(0, between / total);
}

/** How wide the bar of a whole is, in pixels. */
export const shareWidth = 100;

/** A share in whole percent. */
export function shareText(share: number | null): string {
  return share === null ? "–" : `${Math.round(share * 100)} %`;
}

function levelsOf(values: readonly string[]): readonly string[] {
  const numbers = values.map(Number);
  const isNumeric = numbers.every(Number.isFinite);
  if (!isNumeric || new Set(values).size <= mostLevels) return values;
  const rising = numbers.toSorted((a, b) => a - b);
  const bounds = [1, 2].map((third) =>
    rising[Math.floor(third * rising.length / 3)]!
  );
  return numbers.map((x) => `${bounds.filter((bound) => x >= bound).length}`);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squares(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
