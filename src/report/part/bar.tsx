import type { VNode } from "preact";

/** A value from 0 to 1 as a bar; a tick where no learning gets. */
export function Bar(
  { value, tick = null, size: [width, height], ...rest }: {
    value: number;
    tick?: number | null;
    size: readonly [width: number, height: number];
    class?: string;
  },
): VNode {
  return (
    <svg
      class={rest.class ?? "bar"}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <rect class="bar-track" width={width} height={height} rx={height / 2} />
      <rect
        class="bar-value"
        width={(value * width).toFixed(1)}
        height={height}
        rx={height / 2}
      />
      {tick !== null && (
        <rect
          class="bar-tick"
          x={(tick * width - 1).toFixed(1)}
          width="2"
          height={height}
        />
      )}
    </svg>
  );
}
