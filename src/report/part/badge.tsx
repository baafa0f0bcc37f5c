import type { VNode } from "preact";
import type { RunState } from "@/record/mod.ts";

const marks: Record<RunState, string> = {
  finished: "✓",
  running: "…",
  failed: "✕",
  interrupted: "‖",
  crashed: "!",
};

/** Where a run stands, told by mark, word and colour. */
export function StateBadge({ state }: { state: RunState }): VNode {
  return (
    <span class={`badge is-${state}`}>
      <span aria-hidden="true">{marks[state]}</span>
      {state}
    </span>
  );
}
