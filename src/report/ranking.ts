import { type Ranking, risingValue } from "@/core/mod.ts";

/** Compares numbers, infinities too, the lower one first. */
export function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares by what ranks, best first; what was not measured comes last. */
export function byRanking(
  ranking: Ranking,
): <T extends { readonly metrics: Readonly<Record<string, number | null>> }>(
  a: T,
  b: T,
) => number {
  const value = (
    { metrics }: { readonly metrics: Readonly<Record<string, number | null>> },
  ) => risingValue(metrics[ranking.name], ranking);
  return (a, b) => compare(value(b), value(a));
}
