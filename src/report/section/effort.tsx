import type { VNode } from "preact";
import { measuredInTime, type MeasuredRun } from "../best_so_far.ts";
import { formatBytes } from "../format.ts";
import { factsOf, type Page } from "../page.ts";
import {
  numberAxis,
  Scatter,
  type ScatterAxis,
  type ScatterPoint,
} from "../part/scatter.tsx";
import { aboutOf } from "../plan.ts";
import { defineSection } from "./_section.ts";

/** What was best so far, and what the score took. */
export const effort = defineSection({
  name: "effort",
  summary: "Best so far over time; time and memory against the score",
  options: {},
  create: () => ({
    id: "effort",
    title: "Time and memory",
    render(page) {
      const runs = measuredInTime(page);
      return runs.length < 3 ? null : <Effort page={page} runs={runs} />;
    },
  }),
});

const minuteMs = 60_000, mib = 2 ** 20;

function Effort(
  { page, runs }: { page: Page; runs: readonly MeasuredRun[] },
): VNode {
  const { label, unit } = factsOf(page, page.ranking.name);
  const y = numberAxis(label, unit);
  const inTime = runs.map(({ run, value, atMs }) => ({
    run,
    x: atMs,
    y: value,
  }));
  const took = runs.flatMap(({ run, value }) => {
    const { startedAt, finishedAt } = run.run;
    const ms = finishedAt === null
      ? NaN
      : Date.parse(finishedAt) - Date.parse(startedAt);
    return ms >= 0 ? [{ run, x: ms / minuteMs, y: value }] : [];
  });
  const memory = memoryOf(runs);
  return (
    <div class="plots">
      <figure>
        <figcaption>Best so far</figcaption>
        <Scatter
          points={inTime}
          better={page.ranking.better}
          x={dayAxis}
          y={y}
        />
      </figure>
      {took.length > 1 && (
        <figure>
          <figcaption>What it took in time</figcaption>
          <Scatter points={took} x={numberAxis("minutes", "min")} y={y} />
        </figure>
      )}
      {memory && (
        <figure>
          <figcaption>What it took in memory</figcaption>
          <Scatter points={memory.points} x={memory.axis} y={y} />
        </figure>
      )}
    </div>
  );
}

/** When a run ended, to the day. */
const dayAxis: ScatterAxis = {
  name: "finished",
  text: (ms) => new Date(ms).toISOString().slice(0, 10),
};

/** The peak that the engine told of all runs, else what their plans estimate. */
function memoryOf(
  runs: readonly MeasuredRun[],
): { points: readonly ScatterPoint[]; axis: ScatterAxis } | null {
  const measured = runs.map(({ run }) => run.engine?.peakBytes ?? null);
  const isMeasured = measured.every((bytes) => bytes !== null);
  const bytes = isMeasured ? measured : runs.map(({ run }) => {
    const { memoryMiB } = aboutOf(run.run.plan);
    return memoryMiB === null ? null : memoryMiB * mib;
  });
  const points = runs.flatMap(({ run, value }, i) =>
    bytes[i] === null ? [] : [{ run, x: bytes[i]!, y: value }]
  );
  if (new Set(points.map(({ x }) => x)).size < 2) return null;
  return {
    points,
    axis: {
      name: isMeasured ? "peak of the device" : "estimated by the plan",
      text: formatBytes,
    },
  };
}
