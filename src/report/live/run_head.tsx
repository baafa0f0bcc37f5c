import type { VNode } from "preact";
import { formatDuration, formatNumber, formatTime } from "../format.ts";
import { Tags } from "../part/about.tsx";
import { StateBadge } from "../part/badge.tsx";
import type { LiveRun } from "./data.ts";
import { factsFor } from "./run_row.tsx";
import { RunProgressBar } from "./run_progress.tsx";

/** Where a run stands now, and what people say of it. */
export function RunHead({ run }: { run: LiveRun }): VNode {
  const { state, reason, progress, startedAt, finishedAt, tags, note, group } =
    run;
  return (
    <div class="run-head-now" {...factsFor(run)}>
      <p class="run-head-line">
        <StateBadge state={state} />
        <RunProgressBar run={run} />
        {progress?.steps && (
          <span class="muted">
            step {formatNumber(progress.step)} of {formatNumber(progress.steps)}
          </span>
        )}
        {startedAt !== null && (
          <span class="muted">
            started {formatTime(startedAt)} UTC
            {finishedAt !== null &&
              `, took ${formatDuration(startedAt, finishedAt)}`}
          </span>
        )}
      </p>
      {reason !== null && <p class="reason">{reason}</p>}
      {(tags.length > 0 || group !== null) && (
        <p>
          {group !== null && <b>{group}</b>} <Tags tags={tags} />
        </p>
      )}
      {note !== null && <p class="run-note">{note}</p>}
    </div>
  );
}
