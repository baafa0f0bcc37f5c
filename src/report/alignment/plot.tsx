import type { VNode } from "preact";

const width = 640, height = 120;

/** A value for each section as bars; a line below says what they are. */
export function Bars(
  { label, values }: { label: string; values: readonly number[] },
): VNode {
  const most = Math.max(1, ...values), step = width / values.length;
  const largest = Math.max(...values);
  return (
    <figure class="greys plot-wide">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <line class="plot-axis" x1={0} x2={width} y1={height} y2={height} />
        {values.map((value, i) =>
          value > 0 && (
            <rect
              class="greys-after"
              x={(i * step).toFixed(1)}
              width={Math.max(1, 0.8 * step).toFixed(1)}
              y={(height - height * value / most).toFixed(1)}
              height={(height * value / most).toFixed(1)}
            >
              <title>{`section ${i}: ${value}`}</title>
            </rect>
          )
        )}
      </svg>
      <figcaption>
        <span>section 0</span>
        <span>
          {label}: {largest === 0 ? "none" : `at most ${largest}`}
        </span>
        <span>{values.length - 1}</span>
      </figcaption>
    </figure>
  );
}

/** Values for each section as lines, each of a colour and a name. */
export function Lines(
  { label, lines }: {
    label: string;
    lines: readonly {
      readonly name: string;
      readonly values: readonly number[];
    }[];
  },
): VNode {
  const all = lines.flatMap(({ values }) => values);
  const low = Math.min(0, ...all), high = Math.max(0, ...all);
  const y = (value: number) =>
    (height - height * (value - low) / (high - low || 1)).toFixed(1);
  const count = lines[0]?.values.length ?? 1;
  const x = (i: number) => (width * i / Math.max(1, count - 1)).toFixed(1);
  return (
    <figure class="greys plot-wide">
      <svg
        viewBox={`0 -2 ${width} ${height + 4}`}
        role="img"
        aria-label={label}
      >
        <line class="plot-axis" x1={0} x2={width} y1={y(0)} y2={y(0)} />
        {lines.map(({ name, values }, k) => (
          <g class={`run-${k}`}>
            <title>{name}</title>
            <polyline
              class="plot-line"
              points={values.map((value, i) => `${x(i)},${y(value)}`).join(" ")}
            />
          </g>
        ))}
      </svg>
      <figcaption>
        <span>section 0</span>
        <span>
          {label}, from {low} to {high}: {lines.map(({ name }, k) => (
            <>
              {k > 0 && ", "}
              <b class={`run-${k}`}>{name}</b>
            </>
          ))}
        </span>
        <span>{count - 1}</span>
      </figcaption>
    </figure>
  );
}
