import { join } from "node:path";
import { ExperimentError, RunError, writeOutput } from "@/core/mod.ts";
import type { Records, Run } from "@/record/mod.ts";
import { gatherReport, report } from "@/report/mod.ts";
import type { Spec } from "../spec/mod.ts";

/** Runs of one experiment that its report shows besides the newest. */
const mostRuns = 20;

/**
 * Writes the page that compares a run with the earlier ones of its experiment
 * and with those it names, to `<results>/reports/<experiment>.html`.
 */
export function writeReport(records: Records, spec: Spec, id: string): string {
  const siblings = records.runs({ experiment: spec.name })
    .filter((run) => run.id === id || run.state === "finished")
    .slice(-mostRuns);
  const named = spec.report.compareWith.map((name) => runNamed(records, name));
  const ids = [...new Set([...siblings, ...named].map((run) => run.id))];
  const path = join(records.folder, "reports", `${spec.name}.html`);
  const page = report(gatherReport(records, ids, { title: spec.name }));
  try {
    writeOutput(path, page);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw new RunError(`${error.message}; the run itself is recorded`, {
      where: error.where,
      fix: `${error.fix}, then write it by: deno task report ${id}`,
      cause: error,
    });
  }
  return path;
}

/**
 * Looks up what the report is to show besides, before the run begins.
 *
 * @throws {ExperimentError} If the experiment names a run that there is not.
 */
export function checkCompared(records: Records, { report }: Spec): void {
  for (const name of report.compareWith) runNamed(records, name);
}

/** A run by its id, or the last finished run of the experiment of that name. */
function runNamed(records: Records, name: string): Run {
  const ofExperiment = records.runs({ experiment: name, state: "finished" });
  return ofExperiment.at(-1) ?? records.run(name);
}
