import { join } from "node:path";
import { statIfThere, writeAtomically } from "@/core/mod.ts";
import { matrixRuns, openRecords, type Records } from "@/record/mod.ts";
import {
  isOnSharedDisk,
  mergeParts,
  partFolder,
  type Submission,
} from "@/queue/mod.ts";
import { planOf } from "../plan/mod.ts";
import type { ReportingContext } from "../run/context.ts";
import { writeMatrixReport, writeReport } from "../run/report.ts";
import { type EndRequest, goOn, type WentOn } from "./go_on.ts";
import { readSearch } from "./kept_search.ts";

/** How a submission has ended. */
export interface Ended {
  /** How many of its runs have not come to where they should. */
  readonly left: number;
  /** How the search went on that it was a rung of; null if it was of none. */
  readonly wentOn: WentOn | null;
}

const gatheredName = "gathered";

/** Whether the last job of a submission has come to its end. */
export function isGathered(folder: string): boolean {
  return statIfThere(join(folder, gatheredName)) !== null;
}

/**
 * Ends a submission: gathers what its tasks have recorded, goes on with a search,
 * and writes the page of their experiment, if it wants one and there is something
 * to show. It can be done again.
 *
 * @throws {ExperimentError} If a search cannot go on from this machine; the runs
 * are gathered then.
 * @throws {RunError} If the page cannot be written; the runs are gathered then.
 */
export async function endSubmission(
  request: EndRequest,
  context: ReportingContext,
): Promise<Ended> {
  const { submission, folder } = request;
  const { resultsFolder, print } = context;
  // This may be another machine than the one that the user works on.
  const { brought } = mergeParts(resultsFolder, {
    isAlone: isOnSharedDisk(resultsFolder),
  });
  for (const id of brought) print(`Gathered: ${id}`);
  const left = submission.tasks.filter(({ part }) =>
    statIfThere(partFolder(resultsFolder, part))
  );
  const wentOn = submission.rung === null ? null : await goOn(request, context);
  writePage({ ...request, wentOn }, context);
  writeAtomically(join(folder, gatheredName), "");
  return { left: left.length, wentOn };
}

/** Writes the page of what was submitted, if its experiment wants one. */
function writePage(
  { folder, submission, wentOn }:
    & Pick<EndRequest, "folder" | "submission">
    & Pick<Ended, "wentOn">,
  { resultsFolder, wantsPage, print, linkTo }: ReportingContext,
): void {
  using records = openRecords(resultsFolder, { readOnly: true, asCopy: true });
  if (wentOn) {
    const { spec } = readSearch(folder).matrix.variants[0]!.plan;
    if (!spec.report.atEnd && !wantsPage) return;
    const page = writeMatrixReport(records, wentOn.record, spec);
    return print(`Report: ${linkTo(page)}`);
  }
  const run = runsOf(submission, records)
    .findLast((run) => run?.state === "finished");
  if (!run || !planOf(run).spec.report.atEnd && !wantsPage) return;
  print(`Report: ${linkTo(writeReport(records, run))}`);
}

function runsOf(
  { matrix, tasks: [only] }: Submission,
  records: Pick<Records, "runs">,
) {
  return matrix
    ? matrixRuns(records, matrix)
    : records.runs({ planHash: only!.planHash });
}
