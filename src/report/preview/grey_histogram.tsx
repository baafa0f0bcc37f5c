import type { VNode } from "preact";
import type { PreviewStage } from "./data.ts";

/**
 * Grey values before (line) and after (area). What was clipped to black and white
 * may go through the top, as it would leave nothing to see of the rest.
 */
export function GreyHistogram(
  { before, after }: PreviewStage["greys"],
): VNode {
  const most = Math.max(...before, ...after.slice(1, -1));
  const width = 240, height = 64;
  const points = (bins: readonly number[]) =>
    bins.map((share, i) =>
      `${(width * i / (bins.length - 1)).toFixed(1)},` +
      `${(height - height * Math.min(1, share / most)).toFixed(1)}`
    ).join(" ");
  return (
    <figure class="greys">
      <svg
        viewBox={`0 -2 ${width} ${height + 4}`}
        role="img"
        aria-label="Grey values before and after"
      >
        <polygon
          class="greys-after"
          points={`0,${height} ${points(after)} ${width},${height}`}
        />
        <polyline class="greys-before" points={points(before)} />
      </svg>
      <figcaption>
        <span>0</span>
        <span>grey values: line before, area after</span>
        <span>1</span>
      </figcaption>
    </figure>
  );
}
