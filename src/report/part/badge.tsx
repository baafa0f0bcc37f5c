import type { VNode } from "preact";
import type { RunState } from "@/record/mod.ts";

/** Where a run stands, or that it waits for a machine. */
export type BadgeState = RunState | "queued" | "submitted";

const marks: Record<BadgeState, string> = {
  queued: "◷",
  submitted: "◷",
  finished: "✓",
  running: "…",
  failed: "✕",
  interrupted: "‖",
  stopped: "■",
  crashed: "!",
};

/** Where a run stands, told by mark, word and colour. */
export function StateBadge({ state }: { state: BadgeState }): VNode {
  return (
    <span class={`badge is-${state}`}>
      <span aria-hidden="true">{marks[state]}</span>
      {state}
    </span>
  );
}
