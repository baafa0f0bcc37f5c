import type { VNode } from "preact";
import { formatNumber } from "../format.ts";
import type { Spread } from "../spread.ts";

/** `0.512 ± 0.013`; the mean alone of a single value, a dash of none. */
export function SpreadText(
  { spread, unit }: { spread: Spread | null; unit: string },
): VNode {
  if (!spread) return <>–</>;
  const { mean, deviation } = spread;
  return (
    <>
      {formatNumber(mean, unit)}
      {deviation !== null && (
        <span class="muted">{` ± ${formatNumber(deviation, unit)}`}</span>
      )}
    </>
  );
}
