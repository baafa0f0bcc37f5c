import type { VNode } from "preact";
import { runSet } from "../difference/run_set.ts";
import type { Page, PageRun } from "../page.ts";
import { aboutRuns } from "./about_runs.ts";
import { RunName } from "./run_name.tsx";

/** Some of a page's runs by what they have in common, or one by one. */
export function RunSet(
  { page, runs }: { page: Page; runs: readonly PageRun[] },
): VNode {
  const { text, named } = runSet(page, runs);
  return (
    <span
      class="run-names"
      data-runs={aboutRuns(runs)}
      title={text && runs.length <= 24
        ? runs.map(({ label }) => label).join(", ")
        : undefined}
    >
      {text}
      {named.map((run) => (
        <span key={run.index} data-run={run.index}>
          <RunName run={run} />
        </span>
      ))}
    </span>
  );
}
