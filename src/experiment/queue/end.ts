import { statIfThere } from "@/core/mod.ts";
import { matrixRuns, openRecords } from "@/record/mod.ts";
import {
  isOnSharedDisk,
  mergeParts,
  partFolder,
  type Submission,
} from "@/queue/mod.ts";
import { planOf } from "../plan/mod.ts";
import type { ReportingContext } from "../run/context.ts";
import { writeReport } from "../run/report.ts";

/**
 * Ends a submission: gathers what its tasks have recorded, and writes the page of
 * their experiment, if it wants one and one of its runs has finished.
 *
 * @returns How many of its runs have not finished.
 * @throws {RunError} If the page cannot be written; the runs are gathered then.
 */
export function endSubmission(
  { matrix, tasks }: Submission,
  context: ReportingContext,
): number {
  const { resultsFolder, print } = context;
  // This may be another machine than the one that the user works on.
  const { brought } = mergeParts(resultsFolder, {
    isAlone: isOnSharedDisk(resultsFolder),
  });
  for (const id of brought) print(`Gathered: ${id}`);
  const left = tasks.filter(({ part }) =>
    statIfThere(partFolder(resultsFolder, part))
  );
  using records = openRecords(resultsFolder, { readOnly: true, asCopy: true });
  const [only] = tasks;
  const runs = matrix
    ? matrixRuns(records, matrix)
    : records.runs({ planHash: only!.planHash });
  const run = runs.findLast((run) => run?.state === "finished");
  if (!run) return left.length;
  const { spec } = planOf(run);
  if (spec.report.atEnd || context.wantsPage) {
    print(`Report: ${context.linkTo(writeReport(records, run))}`);
  }
  if (spec.submission?.atEnd) {
    print(
      "What is handed in is written by the same command without --executor",
    );
  }
  return left.length;
}
