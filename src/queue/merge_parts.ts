import { removeFolderIfThere } from "@/core/mod.ts";
import { bringRuns, hasRecords, openRecords } from "@/record/mod.ts";
import { isOfPart, partFolder, partNames } from "./part.ts";

/** What came of gathering parts. */
export interface MergedParts {
  /** Runs that are new among the records, by their ids. */
  readonly brought: readonly string[];
  /** Runs that have not finished, which stay in their parts. */
  readonly left: readonly string[];
}

/**
 * Brings what has finished in the parts of a results folder among its records,
 * and removes the parts that hold nothing else. Whatever interrupts it, it can be
 * done again.
 *
 * @throws {ExperimentError} If records cannot be read, or a content is damaged.
 */
export function mergeParts(resultsFolder: string): MergedParts {
  const brought: string[] = [], left: string[] = [];
  for (const part of partNames(resultsFolder)) {
    const from = partFolder(resultsFolder, part);
    if (!hasRecords(from)) continue;
    const { finished, others } = runsOfPart(resultsFolder, part);
    left.push(...others);
    if (finished.length === 0) continue;
    const to = resultsFolder;
    brought.push(...bringRuns(finished, { from, to, asCopy: true }).brought);
    if (others.length === 0) removeFolderIfThere(from);
  }
  return { brought, left };
}

/** The runs that a part is for, without those that they begin with. */
function runsOfPart(resultsFolder: string, part: string) {
  const folder = partFolder(resultsFolder, part);
  using records = openRecords(folder, { readOnly: true, asCopy: true });
  const finished: string[] = [], others: string[] = [];
  for (const run of records.runs()) {
    if (!isOfPart(run, part)) continue;
    (run.state === "finished" ? finished : others).push(run.id);
  }
  return { finished, others };
}
