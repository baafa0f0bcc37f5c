import type { VNode } from "preact";
import { formatNumber } from "../format.ts";
import { axisScale } from "../options/axis_scale.ts";
import {
  heightOf,
  parallel,
  placeBetween,
} from "../options/parallel_places.ts";
import type { VariedOption } from "../options/varied.ts";
import type { PageRun } from "../page.ts";
import { dashes } from "../palette.ts";

const width = 720, { height, margin } = parallel;

/** A run, or the mean of those that differ in nothing but the seed, as a line. */
export interface ParallelLine {
  /** What it is called. */
  readonly label: string;
  /** The run whose values and look it has. */
  readonly run: PageRun;
  /** The score it ends at. */
  readonly score: number;
}

/** How options go with the score: an axis for each, a line for each run or group. */
export function Parallel(
  { options, lines, score }: {
    options: readonly VariedOption[];
    /** Best first. */
    lines: readonly ParallelLine[];
    score: { readonly label: string; readonly unit: string };
  },
): VNode {
  const scores = lines.map((line) => line.score);
  const low = Math.min(...scores), high = Math.max(...scores);
  const ends = [low, high] as const;
  const scales = options.map(({ values }) => axisScale(values));
  const x = (i: number) =>
    margin.x + i * (width - 2 * margin.x) / options.length;
  const points = ({ run, score }: ParallelLine) =>
    [
      ...options.map(({ values }, i) =>
        [x(i), scales[i]!.place(values[run.index]!)] as const
      ),
      [x(options.length), placeBetween(score, ends)] as const,
    ].flatMap(([x, place]) =>
      place === null ? [] : [`${x.toFixed(1)},${heightOf(place).toFixed(1)}`]
    ).join(" ");
  return (
    <svg
      class="parallel"
      data-ends={ends.join(" ")}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Options against ${score.label}; the best: ${
        lines[0]!.label
      }`}
    >
      {lines.toReversed().map((line) => (
        <g
          key={line.run.index}
          class={`run-${line.run.colour}`}
          data-group={line.run.group}
          data-label={line.label}
        >
          <title>
            {`${line.label}: ${formatNumber(line.score, score.unit)}`}
          </title>
          <polyline
            points={points(line)}
            stroke-dasharray={dashes[line.run.dash]!.join(" ") || "none"}
          />
        </g>
      ))}
      {options.map(({ name }, i) => (
        <Axis key={name} name={name} x={x(i)}>
          {scales[i]!.ticks.map((tick) => ({
            text: tick,
            y: heightOf(scales[i]!.place(tick)!),
          }))}
        </Axis>
      ))}
      <Axis name={score.label} x={x(options.length)}>
        {[low, (low + high) / 2, high].map((value) => ({
          text: formatNumber(value, score.unit),
          y: heightOf(placeBetween(value, ends)),
        }))}
      </Axis>
    </svg>
  );
}

/** The longest text beside an axis. */
const longest = 16;

function Axis(
  { name, x, children }: {
    name: string;
    x: number;
    children: readonly { readonly text: string; readonly y: number }[];
  },
): VNode {
  const [head] = [name.split(/[.[\]]/).filter(Boolean).at(-1) ?? name];
  return (
    <g class="parallel-axis">
      <title>{name}</title>
      <line
        x1={x}
        x2={x}
        y1={margin.top}
        y2={height - margin.bottom}
      />
      <text class="axis-name" x={x} y={14} text-anchor="middle">{head}</text>
      {children.map(({ text, y }) => (
        <text key={text} x={x + 5} y={(y + 3.5).toFixed(1)}>
          {text.length > longest ? `${text.slice(0, longest - 1)}…` : text}
        </text>
      ))}
    </g>
  );
}
