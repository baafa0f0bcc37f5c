import { metricLabel } from "@/metric/mod.ts";
import type { VNode } from "preact";
import { count } from "@/core/mod.ts";
import { formatNumber } from "../format.ts";
import { dashes } from "../palette.ts";
import { RunName } from "../part/run_name.tsx";
import { Scroll } from "../part/scroll.tsx";
import { SortHead } from "../part/sort_head.tsx";
import {
  chosenPoint,
  curvesByVolume,
  drawnPoints,
  type ThresholdCurve,
} from "./_threshold_curves.ts";
import { defineSection } from "./_section.ts";

/** Precision against recall, with the threshold that was used. */
export const precisionRecall = defineSection({
  name: "precisionRecall",
  summary: "Precision against recall of each run, its threshold marked",
  options: {
    pointsInAll: count(8_000, "most points all curves keep together"),
  },
  create: ({ pointsInAll }) => ({
    id: "precision-recall",
    title: "Precision and recall",
    render(page) {
      const volumes = curvesByVolume(page);
      const curveCount = volumes.reduce((n, v) => n + v.length, 0);
      if (curveCount === 0) return null;
      const most = Math.max(16, Math.floor(pointsInAll / curveCount));
      return (
        <div class="pr-plots">
          {volumes.map((curves, i) => (
            <Plot
              key={i}
              curves={curves}
              most={most}
              isAlone={volumes.length === 1}
            />
          ))}
        </div>
      );
    },
  }),
});

/** Side of the plot in user units. */
const side = 320;

function Plot(
  { curves, most, isAlone }: {
    curves: readonly ThresholdCurve[];
    most: number;
    isAlone: boolean;
  },
): VNode {
  const { split, volume, baseline } = curves[0]!.record;
  const darkness = baseline["dice"];
  return (
    <figure class="pr-plot">
      <figcaption>
        <span class="panel-name">{metricLabel(split)}</span>
        <code>{volume}</code>
      </figcaption>
      <svg
        viewBox="-40 -10 446 372"
        role="img"
        aria-label={`Precision against recall on ${split} ${volume}`}
      >
        <Axes />
        {[0.2, 0.4, 0.6, 0.8]
          .filter((dice) => Math.abs(dice - (darkness ?? -1)) > 0.05)
          .map((dice) => (
            <IsoDice key={dice} dice={dice} text={`Dice ${dice}`} name="iso" />
          ))}
        {typeof darkness === "number" && darkness > 0.02 && (
          <IsoDice
            dice={darkness}
            text={`darkness ${darkness.toFixed(2)}`}
            name="iso iso-baseline"
          />
        )}
        {curves.toReversed().map((curve) => (
          <Line key={curve.run.index} curve={curve} most={most} />
        ))}
      </svg>
      <Legend curves={curves} isAlone={isAlone} />
    </figure>
  );
}

function Axes(): VNode {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return (
    <g class="axes">
      {ticks.map((t) => (
        <>
          <line x1={0} x2={side} y1={side * (1 - t)} y2={side * (1 - t)} />
          <line y1={0} y2={side} x1={side * t} x2={side * t} />
          <text x={-7} y={side * (1 - t) + 3.5} text-anchor="end">{t}</text>
          <text x={side * t} y={side + 16} text-anchor="middle">{t}</text>
        </>
      ))}
      <text class="axis-name" x={side / 2} y={side + 34} text-anchor="middle">
        Recall
      </text>
      <text
        class="axis-name"
        transform={`translate(-30 ${side / 2}) rotate(-90)`}
        text-anchor="middle"
      >
        Precision
      </text>
    </g>
  );
}

/** Where 2pr / (p + r) is one value: p = dr / (2r − d). */
function IsoDice(
  { dice, text, name }: { dice: number; text: string; name: string },
): VNode {
  const lowest = dice / (2 - dice); // recall at precision 1
  const points = Array.from({ length: 41 }, (_, i) => {
    const recall = lowest + (1 - lowest) * (i / 40) ** 2;
    return place(recall, dice * recall / (2 * recall - dice));
  });
  const end = side * (1 - lowest); // precision where recall is 1
  return (
    <g class={name}>
      <polyline points={points.join(" ")} />
      <text x={side + 5} y={(end + 3).toFixed(1)}>{text}</text>
    </g>
  );
}

function place(recall: number, precision: number): string {
  return `${(recall * side).toFixed(1)},${((1 - precision) * side).toFixed(1)}`;
}

function Line({ curve, most }: { curve: ThresholdCurve; most: number }): VNode {
  const { run, record } = curve;
  const chosen = chosenPoint(record);
  const points = drawnPoints(record, most);
  return (
    <g class={`pr-run run-${run.colour}`} data-run={run.index}>
      <title>{run.label}</title>
      <polyline
        points={points.map((p) => place(p.recall, p.precision)).join(" ")}
        stroke-dasharray={dashes[run.dash]!.join(" ") || "none"}
      />
      {chosen && (
        <circle
          cx={(chosen.recall * side).toFixed(1)}
          cy={((1 - chosen.precision) * side).toFixed(1)}
          r="4"
        >
          <title>
            {`${run.label}: threshold ${
              formatNumber(chosen.threshold)
            }, precision ${formatNumber(chosen.precision)}, recall ${
              formatNumber(chosen.recall)
            }`}
          </title>
        </circle>
      )}
    </g>
  );
}

/** From so many runs on, thresholds scroll by themselves, below a plot or beside it. */
const many = { below: 5, beside: 9 };

function Legend(
  { curves, isAlone }: {
    curves: readonly ThresholdCurve[];
    isAlone: boolean;
  },
): VNode {
  return (
    <Scroll
      label="Thresholds"
      isLong={curves.length >= many[isAlone ? "beside" : "below"]}
    >
      <table class="pr-legend sortable">
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Run</SortHead>
            {["Threshold", "Precision", "Recall"].map((name) => (
              <SortHead
                key={name}
                sorting={{ by: "number", first: "descending" }}
              >
                {name}
              </SortHead>
            ))}
            <SortHead sorting={{ by: "text" }}>Chosen on</SortHead>
          </tr>
        </thead>
        <tbody>
          {curves.map(({ run, record }) => {
            const point = chosenPoint(record);
            return (
              <tr data-run={run.index}>
                <th scope="row" data-value={run.label}>
                  <RunName run={run} />
                </th>
                <Figure value={record.metrics["threshold"]} />
                <Figure value={point?.precision} />
                <Figure value={point?.recall} />
                <td data-value={record.thresholdFrom}>
                  {record.thresholdFrom === record.split
                    ? "these voxels"
                    : record.thresholdFrom}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Figure({ value }: { value: number | null | undefined }): VNode {
  return (
    <td class="number" data-value={value ?? undefined}>
      {formatNumber(value ?? null)}
    </td>
  );
}
