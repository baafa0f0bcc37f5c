import type { VNode } from "preact";
import { count } from "@/core/mod.ts";
import { formatNumber, plural } from "../format.ts";
import type { PageRun } from "../page.ts";
import { LogLines } from "../part/log_lines.tsx";
import { RunName } from "../part/run_name.tsx";
import { StateBadge } from "../part/badge.tsx";
import { defineSection } from "./_section.ts";

/** The end of each log, and why a run failed. */
export const log = defineSection({
  name: "log",
  summary: "The end of each run's log and the reason of a failure",
  options: {
    lines: count(60, "most lines of one run"),
    linesInAll: count(3_000, "most lines of all runs together"),
  },
  create: ({ lines, linesInAll }) => ({
    id: "log",
    title: "Log",
    render({ runs }) {
      const told = runs.filter((run) =>
        run.log.length > 0 || run.run.reason !== null
      );
      if (told.length === 0) return null;
      const most = Math.min(
        lines,
        Math.max(3, Math.floor(linesInAll / told.length)),
      );
      const tails = (runs: readonly PageRun[]) =>
        runs.map((run) => <Tail key={run.index} run={run} most={most} />);
      if (told.length <= mostListed) return <>{tails(told)}</>;
      const [failed, others] = [true, false].map((hasFailed) =>
        told.filter((run) => hasReason(run) === hasFailed)
      ) as [PageRun[], PageRun[]];
      return (
        <>
          {tails(failed)}
          {others.length > 0 && (
            <details data-skip="the logs">
              <summary>Logs of {plural(others.length, "run")}</summary>
              {tails(others)}
            </details>
          )}
        </>
      );
    },
  }),
});

/** The most runs whose logs are listed without being asked. */
const mostListed = 6;

/** Whether a run ended early, for another reason than that others did better. */
function hasReason({ run: { reason, state } }: PageRun): boolean {
  return reason !== null && state !== "stopped";
}

function Tail({ run, most }: { run: PageRun; most: number }): VNode {
  const shown = run.log.slice(-most);
  const hasFailed = hasReason(run);
  return (
    <details class="log" data-run={run.index} open={hasFailed}>
      <summary>
        <RunName run={run} />
        <StateBadge state={run.run.state} />
        <span class="muted">
          {shown.length < run.logLines
            ? `last ${shown.length} of ${formatNumber(run.logLines)} lines`
            : plural(shown.length, "line")}
        </span>
      </summary>
      {hasFailed && <p class="reason">{run.run.reason}</p>}
      {shown.length > 0 && (
        <pre tabindex={0}>
          <LogLines lines={shown} />
        </pre>
      )}
    </details>
  );
}
