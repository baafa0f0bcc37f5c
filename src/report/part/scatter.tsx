import type { VNode } from "preact";
import type { Ranking } from "@/core/mod.ts";
import { stairs } from "../cell/stairs.ts";
import { formatNumber } from "../format.ts";
import type { PageRun } from "../page.ts";

const width = 340, height = 190;
const margin = { left: 46, right: 14, top: 12, bottom: 34 };

/** A run at a place. */
export interface ScatterPoint {
  /** The run. */
  readonly run: PageRun;
  /** How far right. */
  readonly x: number;
  /** How high. */
  readonly y: number;
}

/** What an axis is called and how its numbers are written. */
export interface ScatterAxis {
  /** Its name. */
  readonly name: string;
  /** A number of it. */
  text(value: number): string;
}

/** Runs as dots; where it is told what is better, a line has what was best so far. */
export function Scatter(
  { points, x: xAxis, y: yAxis, better }: {
    points: readonly ScatterPoint[];
    x: ScatterAxis;
    y: ScatterAxis;
    /** Which way is better, to draw what was best so far. */
    better?: Ranking["better"];
  },
): VNode {
  const x = scaleOf(points.map(({ x }) => x), [
    margin.left,
    width - margin.right,
  ]);
  const y = scaleOf(points.map(({ y }) => y), [
    height - margin.bottom,
    margin.top,
  ]);
  return (
    <svg
      class="plot-svg"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${yAxis.name} against ${xAxis.name}, ${points.length} runs`}
    >
      <g class="axes">
        {y.ticks.map((tick) => (
          <>
            <line
              x1={margin.left}
              x2={width - margin.right}
              y1={y.at(tick)}
              y2={y.at(tick)}
            />
            <text
              x={margin.left - 6}
              y={(y.at(tick) + 3.5).toFixed(1)}
              text-anchor="end"
            >
              {yAxis.text(tick)}
            </text>
          </>
        ))}
        {x.ticks.map((tick, i) => (
          <text
            x={x.at(tick).toFixed(1)}
            y={height - margin.bottom + 14}
            text-anchor={["start", "middle", "end"][
              x.ticks.length === 1 ? 1 : i
            ]}
          >
            {xAxis.text(tick)}
          </text>
        ))}
        <text
          class="axis-name"
          x={(margin.left + width - margin.right) / 2}
          y={height - 4}
          text-anchor="middle"
        >
          {xAxis.name}
        </text>
      </g>
      {better && (
        <path
          class="best-line"
          data-end={width - margin.right}
          data-better={better}
          d={stairs(
            points.map((point) => [
              Number(x.at(point.x).toFixed(1)),
              Number(y.at(point.y).toFixed(1)),
            ]),
            { end: width - margin.right, better },
          )}
        />
      )}
      {points.toReversed().map(({ run, x: dx, y: dy }) => (
        <g
          key={run.index}
          class={`dot run-${run.colour}`}
          data-run={run.index}
        >
          <title>{`${run.label}: ${yAxis.text(dy)}, ${xAxis.text(dx)}`}</title>
          <circle cx={x.at(dx).toFixed(1)} cy={y.at(dy).toFixed(1)} r="4" />
        </g>
      ))}
    </svg>
  );
}

interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** From the least to the greatest, both ends a little inside. */
function scaleOf(
  values: readonly number[],
  [from, to]: readonly [number, number],
): Scale {
  const low = Math.min(...values), high = Math.max(...values);
  const inset = 0.06 * (to - from);
  return {
    ticks: low === high ? [low] : [low, (low + high) / 2, high],
    at: (value) =>
      low === high
        ? (from + to) / 2
        : from + inset + (value - low) / (high - low) * (to - from - 2 * inset),
  };
}

/** A number as tables have it. */
export function numberAxis(name: string, unit = ""): ScatterAxis {
  return { name, text: (value) => formatNumber(value, unit) };
}
