import type { VNode } from "preact";
import { verdictText } from "@/record/mod.ts";
import { plural } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { Command } from "../part/command.tsx";
import { ExperimentLink } from "../part/experiment_files.tsx";
import { RunName } from "../part/run_name.tsx";
import { programOf } from "../plan.ts";
import { rerunCommand, runCommand } from "../shell.ts";
import { defineSection } from "./_section.ts";

/** The commands that repeat runs that Cleft trained, and what reruns found. */
export const repeat = defineSection({
  name: "repeat",
  summary: "The exact commands that repeat the runs",
  options: {},
  create: () => ({
    id: "repeat",
    title: "Repeat",
    render(page) {
      const runs = page.runs.filter(({ run }) => programOf(run.plan) === null);
      return runs.length === 0 ? null : <Repeat page={{ ...page, runs }} />;
    },
  }),
});

/** The most runs whose commands are written out one by one. */
const mostWritten = 3;

function Repeat({ page }: { page: Page }): VNode {
  const { runs, matrix } = page;
  const files = new Set(runs.flatMap(({ run }) => run.file ?? []));
  const [file] = files.size === 1 && matrix ? files : [];
  const isMany = runs.length > mostWritten;
  const listed = isMany
    ? runs.filter(({ run }) => run.verdict !== null || run.rerunOf !== null)
    : runs;
  return (
    <>
      <p class="lead">
        <code>rerun</code>{" "}
        takes plan, seed and threads from the record and compares every metric
        and every weight hash as it goes.
        {isMany && " The list of runs above has the command of each."}{" "}
        <ExperimentLink page={page} />
      </p>
      {runs.length > 1 && (
        <div class="commands">
          <Command
            head={`All ${runs.length} runs, checked`}
            text={rerunCommand(runs.map(({ run }) => run))}
          />
          {file && (
            <Command
              head="The whole table, where nothing of it is on record"
              text={runCommand({ file, overrides: [] })}
            />
          )}
        </div>
      )}
      {listed.length > 0 && (
        <ul class={isMany ? "commands is-many" : "commands"}>
          {listed.map((run) => (
            <Commands key={run.index} run={run} isShort={isMany} />
          ))}
        </ul>
      )}
    </>
  );
}

function Commands({ run, isShort }: { run: PageRun; isShort: boolean }): VNode {
  const { verdict, rerunOf, file } = run.run;
  return (
    <li data-run={run.index}>
      <div class="command-head">
        <RunName run={run} />
        <span class="muted">
          {run.weightHashes > 0
            ? `${
              plural(run.weightHashes, "weight hash", "weight hashes")
            } to check`
            : "no weight hash to check"}
        </span>
        {rerunOf !== null && (
          <span class="muted">
            repeats <code>{rerunOf}</code>
          </span>
        )}
      </div>
      {verdict !== null && (
        <p class={verdict.isIdentical ? "verdict" : "verdict is-caution"}>
          {verdictText(verdict)}
        </p>
      )}
      {!isShort && <Command text={rerunCommand([run.run])} />}
      {!isShort && file !== null && (
        <Command text={runCommand({ ...run.run, file })} />
      )}
    </li>
  );
}
