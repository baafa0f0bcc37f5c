import { join } from "node:path";
import { writeAtomically } from "@/core/mod.ts";
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
  writeAtomically(
    path,
    report(gatherReport(records, ids, { title: spec.name })),
  );
  return path;
}

/** A run by its id, or the last finished run of the experiment of that name. */
function runNamed(records: Records, name: string): Run {
  const ofExperiment = records.runs({ experiment: name, state: "finished" });
  return ofExperiment.at(-1) ?? records.run(name);
}
