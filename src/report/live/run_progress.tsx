import type { VNode } from "preact";
import { durationText } from "@/core/mod.ts";
import { formatNumber } from "../format.ts";
import type { LiveRun } from "./data.ts";

/** How far a training has come, as a bar and in words; nothing of one that finished. */
export function RunProgressBar(
  { run: { label, state, progress, isStopping } }: {
    run: Pick<LiveRun, "label" | "state" | "progress" | "isStopping">;
  },
): VNode | null {
  if (!progress || progress.step === 0 && state !== "running") return null;
  const { step, steps, leftS } = progress;
  const left = leftS === null || steps === step
    ? []
    : [`${durationText(1000 * leftS)} left`];
  const words = steps === null
    ? [`step ${formatNumber(step)}`]
    : step >= steps && state === "running"
    ? ["measuring"]
    : [`${Math.floor(100 * step / steps)} %`, ...left];
  return (
    <span class={`progress is-${state}`}>
      {steps !== null && (
        <progress
          value={Math.min(step, steps)}
          max={steps}
          aria-label={`Progress of ${label}`}
        />
      )}
      <span class="muted">
        {isStopping ? "stopping after this step" : words.join(", ")}
      </span>
    </span>
  );
}
