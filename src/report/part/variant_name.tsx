import type { VNode } from "preact";
import type { MatrixRecord } from "@/record/mod.ts";
import type { PageRun } from "../page.ts";
import type { VariantGroup } from "../variants.ts";
import { RunKey } from "./run_name.tsx";

type Axes = MatrixRecord["axes"];

/** The head of the column that names variants; each axis sorts by its values. */
export function VariantHead({ axes }: { axes: Axes }): VNode {
  return (
    <th
      scope="col"
      class="variant"
      data-sort="number"
      data-first="ascending"
      data-name={axes.map(({ name }) => name).join(" · ") || "Variant"}
    >
      <span class={gridClass(axes)}>
        <span class="hidden">Colour</span>
        <span class="key" aria-hidden="true" />
        {axes.map(({ name }, i) => (
          <button key={name} type="button" data-axis={i}>{name}</button>
        ))}
      </span>
    </th>
  );
}

/** A variant's look and its values, below the names of their axes. */
export function VariantName(
  { group: { values, bySeed }, axes }: {
    group: VariantGroup<PageRun | null>;
    axes: Axes;
  },
): VNode {
  const run = [...bySeed.values()].find((run) => run !== null);
  return (
    <th
      scope="row"
      class="variant"
      data-name={axes.map(({ name }) => values[name]).join(" · ") || "all"}
      data-places={axes.map((axis) => axis.values.indexOf(values[axis.name]!))
        .join(" ")}
    >
      <span class={gridClass(axes)}>
        {run ? <RunKey run={run} /> : <span class="key" aria-hidden="true" />}
        {axes.map(({ name }) => <span key={name}>{values[name]}</span>)}
      </span>
    </th>
  );
}

/** The most axes that have a column each. */
const mostColumns = 5;

function gridClass(axes: Axes): string {
  return `variant-axes axes-${Math.min(axes.length, mostColumns)}`;
}
