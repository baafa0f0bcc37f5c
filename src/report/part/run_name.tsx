import type { VNode } from "preact";
import type { PageRun } from "../page.ts";
import { dashes } from "../palette.ts";

/** A short piece of a run's curve, as a legend shows it. */
export function RunKey({ run }: { run: PageRun }): VNode {
  return (
    <svg
      class={`key run-${run.colour}`}
      viewBox="0 0 22 10"
      width="22"
      height="10"
      aria-hidden="true"
    >
      <line
        x1="1"
        x2="21"
        y1="5"
        y2="5"
        stroke="currentColor"
        stroke-width="3"
        stroke-linecap={run.dash === 0 ? "round" : "butt"}
        stroke-dasharray={dashes[run.dash]!.join(" ") || "none"}
      />
    </svg>
  );
}

/** A run's name beside its colour. */
export function RunName({ run }: { run: PageRun }): VNode {
  return (
    <span class="run-name" title={run.run.id}>
      <RunKey run={run} />
      <span>{run.label}</span>
    </span>
  );
}
