import { join } from "node:path";
import { ExperimentError, RunError, writeOutput } from "@/core/mod.ts";
import {
  type MatrixRecord,
  namedRuns,
  readRecords,
  type Records,
  type Run,
} from "@/record/mod.ts";
import {
  gatherMatrix,
  gatherReport,
  report,
  type ReportData,
} from "@/report/mod.ts";
import { planOf } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import type { ReportingContext } from "./context.ts";

/** Runs of one experiment that its report shows besides the newest. */
const mostRuns = 20;

/**
 * Writes the report of a run that has finished, if its experiment wants one, and
 * says where it is.
 *
 * @throws {RunError} If it cannot be written.
 */
export function reportRun(
  run: Run,
  { resultsFolder, wantsPage, linkTo, print }: ReportingContext,
): void {
  const { spec } = planOf(run);
  if (run.state !== "finished") return;
  if (!spec.report.atEnd && !wantsPage) return;
  using records = readRecords(resultsFolder);
  print(`Report: ${linkTo(writeReport(records, run))}`);
}

/**
 * Writes the page that compares a run with the earlier ones of its experiment,
 * or the variants of its matrix, and with those it names, to
 * `<results>/reports/<experiment>.html`.
 *
 * @throws {RunError} If it cannot be written.
 */
export function writeReport(records: Records, run: Run): string {
  const { spec } = planOf(run);
  const { name } = spec;
  const matrix = run.variant && records.matrix(name);
  if (matrix) return writeMatrixReport(records, matrix, spec);
  const siblings = records.runs({ experiment: name })
    .filter(({ id, state }) =>
      id === run.id || state === "finished" &&
        records.collection.marksOf(id).archivedAt === null
    )
    .slice(-mostRuns);
  return writePage({ records, name, again: run.id }, () => {
    const named = comparedRuns(records, spec);
    const ids = [...new Set([...siblings, ...named].map(({ id }) => id))];
    return gatherReport(records, ids, { title: name });
  });
}

/** Writes the page that compares the variants of a matrix, in the same place. */
export function writeMatrixReport(
  records: Records,
  matrix: MatrixRecord,
  { report: wanted }: Pick<Spec, "report">,
): string {
  const { name } = matrix;
  return writePage({ records, name, again: name }, () => {
    const besides = comparedRuns(records, { report: wanted }).map(({ id }) =>
      id
    );
    return gatherMatrix(records, matrix, { besides });
  });
}

function writePage(
  { records, name, again }: {
    readonly records: Pick<Records, "folder">;
    readonly name: string;
    readonly again: string;
  },
  gather: () => ReportData,
): string {
  const path = join(records.folder, "reports", `${name}.html`);
  try {
    writeOutput(path, report(gather()));
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
 * The runs that an experiment wants to see beside its own, whatever has become
 * of them.
 *
 * @throws {ExperimentError} If it names a run that there is not.
 */
export function comparedRuns(
  records: Records,
  { report }: Pick<Spec, "report">,
): readonly Run[] {
  return report.compareWith.flatMap((name) => namedRuns(records, name));
}
