import type { VNode } from "preact";
import { count, fraction } from "@/core/mod.ts";
import { leastSmoothed, smoothingWords } from "../client/smooth.js";
import { formatNumber } from "../format.ts";
import type { Page } from "../page.ts";
import { InlineData } from "../part/inline_data.tsx";
import { Segments } from "../part/segments.tsx";
import { Slider } from "../part/slider.tsx";
import { groupsOf, hasSeeds } from "../run_groups.ts";
import { type CurvesData, encodeCurves, isThinned } from "./_curves_data.ts";
import { ConstantPanels, PanelGroup } from "./_panel_figures.tsx";
import { type Panel, panelsOf } from "./_panels.ts";
import { defineSection } from "./_section.ts";

/** Every metric over the training, one panel each. */
export const curves = defineSection({
  name: "curves",
  summary: "Losses, validation metrics and speed against step, sample or time",
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

function Curves(
  { page, panels, most, smoothing }: {
    page: Page;
    panels: readonly Panel[];
    most: number;
    smoothing: number;
  },
): VNode {
  const data = encodeCurves(page, { panels, most });
  const placed = panels.map((panel, index) => ({ panel, index }));
  const constant = placed.filter(({ panel }) => panel.isConstant);
  const changing = placed.filter(({ panel }) => !panel.isConstant);
  const thinned = changing.some(({ panel: { curves } }) =>
    curves.some(({ series }) => isThinned(series, most))
  );
  return (
    <>
      <Controls page={page} data={data} smoothing={smoothing} />
      <Hints page={page} data={data} />
      {[...Map.groupBy(changing, ({ panel }) => panel.group)].map((
        [name, panels],
      ) => <PanelGroup key={name} name={name} panels={panels} />)}
      {constant.length > 0 && <ConstantPanels page={page} panels={constant} />}
      <p class="note">
        Smoothing averages exponentially over the points before, in curves of
        more than {leastSmoothed}; what was measured stays faint.
        {thinned && (
          <>
            {" "}Curves of more than {formatNumber(most)}{" "}
            points are thinned: the lowest and the highest value of each stretch
            stay, so no spike is lost; smoothing starts from the means of the
            stretches.
          </>
        )}
      </p>
      <InlineData id="curves-data" value={data} />
    </>
  );
}

function Controls(
  { page, data, smoothing }: {
    page: Page;
    data: CurvesData;
    smoothing: number;
  },
): VNode {
  const { clocks } = data;
  const kinds = [
    "steps",
    ...clocks.some(({ samples }) => samples) ? ["samples"] : [],
    ...clocks.some(({ time }) => time) ? ["time"] : [],
  ];
  return (
    <div class="controls needs-script" id="curve-controls">
      <div class="control-row">
        {kinds.length > 1 && <Abscissas kinds={kinds} />}
        <Slider
          id="smoothing"
          label="Smoothing"
          range={{ min: "0", max: "0.99", step: "0.01", value: smoothing }}
        >
          {smoothingWords(smoothing)}
        </Slider>
        <label class="switch">
          <input type="checkbox" id="log-scale" autocomplete="off" />
          <span>Log scale</span>
        </label>
        {isOverSeeds(page) && (
          <label class="switch">
            <input type="checkbox" id="single-seeds" autocomplete="off" />
            <span>Single seeds</span>
          </label>
        )}
        {hasLossBehind(data) && (
          <label class="switch">
            <input type="checkbox" id="loss-behind" autocomplete="off" />
            <span>Training loss beside</span>
          </label>
        )}
        <button type="button" id="reset-zoom" disabled>Reset zoom</button>
      </div>
    </div>
  );
}

/** Whether there is a loss to draw behind what validation alone has. */
function hasLossBehind({ panels }: CurvesData): boolean {
  return panels.some(({ splits }) => splits.join() === "validation") &&
    panels.some(({ isLoss }) => isLoss);
}

function isOverSeeds(page: Page): boolean {
  return groupsOf(page).some(hasSeeds);
}

/** How to read what is drawn. */
function Hints({ page, data }: { page: Page; data: CurvesData }): VNode {
  const hasFloors = data.panels.some(({ floors }) => floors.length > 0);
  const hasBest = data.clocks.some(({ best }) => best !== undefined);
  return (
    <p class="muted hint needs-script">
      {isOverSeeds(page) && (
        <span id="band-hint">
          Line: mean of a variant’s seeds, in a band from the lowest to the
          highest.{" "}
        </span>
      )}
      {hasBest && "Ring: best checkpoint. "}
      {hasFloors && "Dashed: darkness alone. "}
      Drag to zoom, arrow keys to read values.
      <span id="unplaced" />
    </p>
  );
}

/** What curves are drawn against. */
function Abscissas({ kinds }: { kinds: readonly string[] }): VNode {
  return (
    <Segments
      name="abscissa"
      label="Curves against"
      choices={kinds.map((kind) => [
        kind,
        kind.charAt(0).toUpperCase() + kind.slice(1),
      ])}
    />
  );
}
