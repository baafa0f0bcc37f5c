import { metricLabel } from "@/metric/mod.ts";
import type { VNode } from "preact";
import { formatNumber } from "../format.ts";
import { factsOf, type Page } from "../page.ts";
import { OfAll } from "../part/of_all.tsx";
import {
  type Curve,
  type Panel,
  type PanelGroupName,
  splitsOf,
} from "./_panels.ts";

/** A panel with its number in the page's data. */
export interface PlacedPanel {
  /** The panel. */
  readonly panel: Panel;
  /** Its number. */
  readonly index: number;
}

/** The most panels of a group that are seen without being asked: one row. */
const mostShown = 3;

/** Groups that are folded, and told by what is in them. */
const folded: readonly PanelGroupName[] = ["Training", "Machine"];

/** A group of panels, what readers look at first in sight. */
export function PanelGroup(
  { name, panels }: { name: PanelGroupName; panels: readonly PlacedPanel[] },
): VNode {
  const isFolded = folded.includes(name);
  const shown = panels.slice(0, isFolded ? panels.length : mostShown);
  const more = panels.slice(shown.length);
  return (
    <details
      class="panel-group"
      data-skip={`the curves of ${name}`}
      open={!isFolded}
    >
      <summary>
        <h3>{name}</h3>
        {isFolded && <span>{namesOf(panels)}</span>}
      </summary>
      <Panels panels={shown} />
      {more.length > 0 && (
        <details class="more-panels">
          <summary>{namesOf(more)}</summary>
          <Panels panels={more} />
        </details>
      )}
    </details>
  );
}

/** Panels whose curves never change, their values said. */
export function ConstantPanels(
  { page, panels }: { page: Page; panels: readonly PlacedPanel[] },
): VNode {
  return (
    <details class="panel-group">
      <summary>
        <h3>Constant</h3>
        <span>
          {panels.map(({ panel }) => constantWords(page, panel)).join(" · ")}
          <OfAll runs={page.runs.length} />
        </span>
      </summary>
      <Panels panels={panels} />
    </details>
  );
}

/** `Learning rate 0.002`, or what it is in how many runs. */
function constantWords(page: Page, { name, group, curves }: Panel): string {
  const { unit } = factsOf(page, name);
  const counts = new Map<string, number>();
  for (const { series } of curves) {
    const text = `${formatNumber(series.values[0]!, unit)} ${unit}`.trim();
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const all = [...counts];
  const values = all.length === 1
    ? all[0]![0]
    : all.map(([text, n]) => `${text} in ${n}`).join(", ");
  const where = group === "Test" ? " on test" : "";
  return `${metricLabel(name)}${where} ${values}`;
}

function namesOf(panels: readonly PlacedPanel[]): string {
  return panels.map(({ panel }) => metricLabel(panel.name)).join(", ");
}

function Panels({ panels }: { panels: readonly PlacedPanel[] }): VNode {
  return (
    <div class="panels">
      {panels.map(({ panel, index }) => (
        <PanelFigure key={index} panel={panel} index={index} />
      ))}
    </div>
  );
}

function PanelFigure({ panel, index }: PlacedPanel): VNode {
  const gaps = panel.curves.filter(({ series }) =>
    series.values.some((value) => !Number.isFinite(value))
  );
  const splits = splitsOf(panel);
  return (
    <figure class="panel">
      <figcaption>
        <span
          class="panel-name"
          title={splits.map((split) => `${split}/${panel.name}`).join(", ")}
        >
          {metricLabel(panel.name)}
        </span>
        {splits.length > 1 && <span class="muted">training thin</span>}
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
function describe(panel: Panel): string {
  const { name, curves } = panel;
  const splits = splitsOf(panel);
  const ends = curves.slice(0, 12).map(({ run, series }) =>
    `${run.label}${splits.length > 1 ? ` on ${series.split}` : ""} ends at ${
      formatNumber(series.values.at(-1)!)
    } at step ${series.steps.at(-1)}`
  );
  const more = curves.length > 12 ? `; and ${curves.length - 12} more` : "";
  return `${metricLabel(name)} on ${splits.join(" and ")} against step: ${
    ends.join("; ")
  }${more}`;
}
