import type { VNode } from "preact";
import { verdictText } from "@/record/mod.ts";
import { plural } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { RunName } from "../part/run_name.tsx";
import { rerunCommand, runCommand } from "../shell.ts";
import { defineSection } from "./_section.ts";

/** The command that repeats each run, and what reruns found. */
export const repeat = defineSection({
  name: "repeat",
  summary: "The exact command that repeats each run",
  options: {},
  create: () => ({
    id: "repeat",
    title: "Repeat",
    render: (page) => page.runs.length === 0 ? null : <Repeat page={page} />,
  }),
});

function Repeat({ page }: { page: Page }): VNode {
  return (
    <>
      <p class="lead">
        <code>rerun</code>{" "}
        takes plan, seed and threads from the record and compares every metric
        and every weight hash as it goes.
      </p>
      <ul class="commands">
        {page.runs.map((run) => <Commands key={run.index} run={run} />)}
      </ul>
    </>
  );
}

function Commands({ run }: { run: PageRun }): VNode {
  const start = runCommand(run.run);
  return (
    <li>
      <div class="command-head">
        <RunName run={run} />
        <span class="muted">
          {run.weightHashes > 0
            ? `${
              plural(run.weightHashes, "weight hash", "weight hashes")
            } to check`
            : "no weight hash to check"}
        </span>
        {run.run.rerunOf !== null && (
          <span class="muted">
            repeats <code>{run.run.rerunOf}</code>
          </span>
        )}
      </div>
      {run.run.verdict !== null && (
        <p
          class={run.run.verdict.isIdentical ? "verdict" : "verdict is-caution"}
        >
          {verdictText(run.run.verdict)}
        </p>
      )}
      <Command text={rerunCommand(run.run)} />
      {start !== null && <Command text={start} />}
    </li>
  );
}

function Command({ text }: { text: string }): VNode {
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" class="needs-script" data-copy={text}>Copy</button>
    </div>
  );
}
