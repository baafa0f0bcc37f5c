import { join } from "node:path";
import { ExperimentError, RunError, writeOutput } from "@/core/mod.ts";
import type { MatrixRecord, Records, Run } from "@/record/mod.ts";
import {
  gatherMatrix,
  gatherReport,
  report,
  type ReportData,
} from "@/report/mod.ts";
import type { Spec } from "../spec/mod.ts";

/** Runs of one experiment that its report shows besides the newest. */
const mostRuns = 20;

/**
 * Writes the page that compares a run with the earlier ones of its experiment,
 * or the variants of its matrix, and with those it names, to `<results>/reports/<experiment>.html`.
 */
export function writeReport(records: Records, spec: Spec, id: string): string {
  const { name } = spec;
  const matrix = records.run(id).variant && records.matrix(name);
  if (matrix) return writeMatrixReport(records, matrix, spec);
  const siblings = records.runs({ experiment: name })
    .filter((run) => run.id === id || run.state === "finished")
    .slice(-mostRuns);
  const named = spec.report.compareWith.map((name) => runNamed(records, name));
  const ids = [...new Set([...siblings, ...named].map((run) => run.id))];
  const data = gatherReport(records, ids, { title: name });
  return writePage(records, name, data, id);
}

/** Writes the page that compares the variants of a matrix, in the same place. */
export function writeMatrixReport(
  records: Records,
  matrix: MatrixRecord,
  { report }: Pick<Spec, "report">,
): string {
  const besides = report.compareWith.map((name) => runNamed(records, name).id);
  const data = gatherMatrix(records, matrix, { besides });
  return writePage(records, matrix.name, data, matrix.name);
}

function writePage(
  { folder }: Records,
  name: string,
  data: ReportData,
  again: string,
): string {
  const path = join(folder, "reports", `${name}.html`);
  try {
    writeOutput(path, report(data));
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw new RunError(`${error.message}; what was run is recorded`, {
      where: error.where,
      fix: `${error.fix}, then write it by: deno task report ${again}`,
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
export function runNamed(records: Records, name: string): Run {
  const ofExperiment = records.runs({ experiment: name, state: "finished" });
  return ofExperiment.at(-1) ?? records.run(name);
}
