import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { BadgeState } from "../part/badge.tsx";
import type { LiveJob } from "./data.ts";

/** Commands that were started from the page: how they stand, and what they said. */
export function JobList({ jobs }: { jobs: readonly LiveJob[] }): VNode | null {
  if (jobs.length === 0) return null;
  return (
    <section class="jobs" aria-labelledby="jobs-title">
      <h2 id="jobs-title">Started here</h2>
      {jobs.map((job) => <JobOutput key={job.number} job={job} />)}
    </section>
  );
}

/** The same as HTML. */
export function jobsHtml(jobs: readonly LiveJob[]): string {
  return renderToString(<JobList jobs={jobs} />);
}

function JobOutput({ job }: { job: LiveJob }): VNode {
  const { number, command, code, lines, isStopping } = job;
  const { badge, words } = standOf(job);
  const hasFailed = badge === "failed";
  return (
    <details class="log" data-job={number} open={hasFailed}>
      <summary>
        <code>{command}</code>
        <span class={`badge is-${badge}`}>{words}</span>
        {!hasFailed && lines.length > 0 && (
          <span class="muted job-last">{lines.at(-1)}</span>
        )}
      </summary>
      <pre tabindex={0}>{lines.join("\n") || "It has said nothing yet."}</pre>
      {code === null && (
        <button type="button" data-stop-job={number} disabled={isStopping}>
          Stop after its step
        </button>
      )}
    </details>
  );
}

/** How it stands: what was asked to stop and did has not failed. */
function standOf(
  { code, isStopping }: LiveJob,
): { readonly badge: BadgeState; readonly words: string } {
  if (code === null) {
    return { badge: "running", words: isStopping ? "stopping" : "running" };
  }
  if (code === 0) return { badge: "finished", words: "done" };
  return isStopping
    ? { badge: "interrupted", words: "stopped" }
    : { badge: "failed", words: `ended with ${code}` };
}
