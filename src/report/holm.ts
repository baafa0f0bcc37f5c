/**
 * p of several comparisons corrected for their number, so that of comparisons
 * without any effect one in twenty sets has any below 0.05 (Holm 1979,
 * jstor:4615733). Null stays null and does not count.
 */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const rising = ps.map((p, i) => ({ p, i }))
    .filter((one): one is { p: number; i: number } => one.p !== null)
    .toSorted((a, b) => a.p - b.p);
  const corrected: (number | null)[] = ps.map(() => null);
  let highest = 0;
  for (const [rank, { p, i }] of rising.entries()) {
    highest = Math.max(highest, Math.min(1, p * (rising.length - rank)));
    corrected[i] = highest;
  }
  return corrected;
}
