import type { VNode } from "preact";
import { formatMean } from "../format.ts";
import type { Spread } from "../spread.ts";

/** `0.512 ± 0.013`; the mean alone of a single value, a dash of none. */
export function SpreadText(
  { spread, unit }: { spread: Spread | null; unit: string },
): VNode {
  if (!spread) return <>–</>;
  const { mean, deviation } = spread;
  return (
    <>
      {formatMean(mean, unit)}
      {deviation !== null && (
        <span class="muted">{` ± ${formatMean(deviation, unit)}`}</span>
      )}
    </>
  );
}
