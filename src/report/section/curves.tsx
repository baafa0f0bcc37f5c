import type { VNode } from "preact";
import { count, fraction } from "@/core/mod.ts";
import { type MetricSeries, thinSeries } from "@/record/mod.ts";
import { type EncodedPoints, encodePoints } from "../encode.ts";
import { formatNumber } from "../format.ts";
import { stretchMeans } from "../means.ts";
import { metricLabel } from "../metric_label.ts";
import { factsOf, type Page, type PageRun } from "../page.ts";
import { InlineData } from "../part/inline_data.tsx";
import { groupsOf, hasSeeds } from "../run_groups.ts";
import { Slider } from "../part/slider.tsx";
import { type Curve, type Panel, panelsOf } from "./_panels.ts";
import { defineSection } from "./_section.ts";

/** Every metric against the training step, one panel each. */
export const curves = defineSection({
  name: "curves",
  summary: "Losses, validation metrics and speed against the training step",
  options: {
    points: count(500, "most points a curve keeps"),
    pointsInAll: count(100_000, "most points all curves keep together"),
    smoothing: fraction(0.6, "smoothing to begin with, at most 0.99"),
  },
  create: ({ points, pointsInAll, smoothing }) => ({
    id: "curves",
    title: "Curves",
    render(page) {
      const panels = panelsOf(page);
      if (panels.length === 0) return null;
      const curveCount = panels.reduce((n, { curves }) => n + curves.length, 0);
      const most = Math.max(
        8,
        Math.min(points, Math.floor(pointsInAll / curveCount)),
      );
      return (
        <Curves
          page={page}
          panels={panels}
          most={most}
          smoothing={smoothing}
        />
      );
    },
  }),
});

/** What `client/curves.js` draws. */
interface CurvesData {
  readonly panels: readonly {
    label: string;
    unit: string;
    curves: readonly EncodedCurve[];
  }[];
}

interface EncodedCurve {
  readonly run: number;
  readonly points: EncodedPoints;
  readonly means: EncodedPoints | null;
}

function Curves(
  { page, panels, most, smoothing }: {
    page: Page;
    panels: Panel[];
    most: number;
    smoothing: number;
  },
): VNode {
  const data: CurvesData = {
    panels: panels.map(({ name, curves }) => ({
      label: metricLabel(name),
      unit: factsOf(page, name).unit,
      curves: curves.map(({ run, series }) => encode(run, series, most)),
    })),
  };
  const thinned = panels.some(({ curves }) =>
    curves.some(({ series }) => series.values.length > most)
  );
  const groups = [...new Set(panels.map(({ group }) => group))];
  return (
    <>
      <Controls page={page} smoothing={smoothing} />
      {groups.map((group) => (
        <PanelGroup
          key={group}
          name={group}
          panels={panels.flatMap((panel, index) =>
            panel.group === group ? [{ panel, index }] : []
          )}
        />
      ))}
      {thinned && (
        <p class="note">
          Curves of more than {formatNumber(most)}{" "}
          points are thinned: the lowest and the highest value of each stretch
          stay, so no spike is lost; smoothing starts from the means of the
          stretches.
        </p>
      )}
      <InlineData id="curves-data" value={data} />
    </>
  );
}

function encode(
  run: PageRun,
  series: MetricSeries,
  most: number,
): EncodedCurve {
  const isThinned = series.values.length > most;
  return {
    run: run.index,
    points: encodePoints(thinSeries(series, most)),
    means: isThinned
      ? encodePoints(stretchMeans(series, Math.floor(most / 2)))
      : null,
  };
}

function Controls(
  { page, smoothing }: { page: Page; smoothing: number },
): VNode {
  const isMany = page.runs.length > 12;
  const isOverSeeds = groupsOf(page).some(hasSeeds);
  return (
    <div class="controls needs-script" id="curve-controls">
      <div class="control-row">
        <Slider
          id="smoothing"
          label="Smoothing"
          range={{ min: "0", max: "0.99", step: "0.01", value: smoothing }}
        >
          {smoothing.toFixed(2)}
        </Slider>
        <label class="switch">
          <input type="checkbox" id="log-scale" autocomplete="off" />
          <span>Log scale</span>
        </label>
        {isOverSeeds && (
          <label class="switch">
            <input type="checkbox" id="single-seeds" autocomplete="off" />
            <span>Single seeds</span>
          </label>
        )}
        <button type="button" id="reset-zoom" disabled>Reset zoom</button>
        <span class="muted hint">
          Drag to zoom, arrow keys to read values{isMany
            ? ""
            : "; what was measured stays faint"}
        </span>
      </div>
      {isOverSeeds && (
        <p class="muted hint" id="band-hint">
          A line is the mean of a variant’s seeds, its band reaches from the
          lowest to the highest of them.
        </p>
      )}
    </div>
  );
}

/** The most panels of a group that are seen without being asked: one row. */
const mostShown = 3;

/** A group of panels, what readers look at first in sight; of the training none. */
function PanelGroup(
  { name, panels }: {
    name: string;
    panels: readonly { panel: Panel; index: number }[];
  },
): VNode {
  const most = name === "Training" ? 0 : mostShown;
  const shown = panels.slice(0, most), more = panels.slice(most);
  const figures = (some: typeof panels) => (
    <div class="panels">
      {some.map(({ panel, index }) => (
        <PanelFigure key={index} panel={panel} index={index} />
      ))}
    </div>
  );
  return (
    <div class="panel-group">
      {shown.length > 0 && <h3>{name}</h3>}
      {shown.length > 0 && figures(shown)}
      {more.length > 0 && (
        <details class="more-panels">
          <summary>
            {shown.length > 0 ? "" : `${name}: `}
            {more.map(({ panel }) => metricLabel(panel.name)).join(", ")}
          </summary>
          {figures(more)}
        </details>
      )}
    </div>
  );
}

function PanelFigure({ panel, index }: { panel: Panel; index: number }): VNode {
  const gaps = panel.curves.filter(({ series }) =>
    series.values.some((value) => !Number.isFinite(value))
  );
  return (
    <figure class="panel">
      <figcaption>
        <span class="panel-name" title={`${panel.split}/${panel.name}`}>
          {metricLabel(panel.name)}
        </span>
        {gaps.length > 0 && <Gaps curves={gaps} />}
      </figcaption>
      <div
        class="plot"
        data-panel={index}
        tabindex={0}
        role="img"
        aria-label={describe(panel)}
      />
    </figure>
  );
}

function Gaps({ curves }: { curves: readonly Curve[] }): VNode {
  const lines = curves.map(({ run, series }) => {
    const first = series.values.findIndex((value) => !Number.isFinite(value));
    const n = series.values.reduce(
      (n, v) => n + (Number.isFinite(v) ? 0 : 1),
      0,
    );
    return `${run.label}: ${n} not finite, first at step ${
      series.steps[first]
    }`;
  });
  return (
    <span class="gaps" title={lines.slice(0, 10).join("\n")}>
      {curves.length === 1 ? lines[0] : `not finite in ${curves.length} runs`}
    </span>
  );
}

/** The panel in words, for readers who do not see it. */
function describe({ name, split, curves }: Panel): string {
  const ends = curves.slice(0, 12).map(({ run, series }) =>
    `${run.label} ends at ${formatNumber(series.values.at(-1)!)} at step ${
      series.steps.at(-1)
    }`
  );
  const more = curves.length > 12 ? `; and ${curves.length - 12} more` : "";
  return `${metricLabel(name)} on ${split} against step: ${
    ends.join("; ")
  }${more}`;
}
