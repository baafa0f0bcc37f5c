import type { MetricFacts } from "../data.ts";

/**
 * What was best so far as an SVG path, from places in pixels in the order of
 * time, up to the right `end`.
 */
export function stairs(
  places: readonly (readonly [x: number, y: number])[],
  { end, better }: {
    readonly end: number;
    readonly better: MetricFacts["better"];
  },
): string {
  const steps: string[] = [];
  let best: number | null = null;
  for (const [x, y] of places) {
    const isBest = best === null || (better === "higher" ? y < best : y > best);
    if (!isBest) continue;
    best = y;
    steps.push(steps.length === 0 ? `M${x} ${y}` : `H${x}V${y}`);
  }
  return steps.length === 0 ? "" : `${steps.join("")}H${end}`;
}
