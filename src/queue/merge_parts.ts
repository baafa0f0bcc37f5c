import { bringRuns, hasRecords, openRecords } from "@/record/mod.ts";
import { isOfPart, partFolder, partNames, removePart } from "./part.ts";

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
 * @throws {RunError} If others have the records open for too long.
 */
export function mergeParts(
  resultsFolder: string,
  { isAlone = false, patienceMs = 600_000 }: {
    /** Whether the records are written only while nobody else has them open. */
    readonly isAlone?: boolean;
    /** How long to wait for that. */
    readonly patienceMs?: number;
  } = {},
): MergedParts {
  const brought: string[] = [], left: string[] = [];
  const target = isAlone ? { isAlone, patienceMs } : {};
  for (const part of partNames(resultsFolder)) {
    const from = partFolder(resultsFolder, part);
    if (!hasRecords(from)) continue;
    const { finished, others } = runsOfPart(resultsFolder, part);
    left.push(...others);
    if (finished.length === 0) continue;
    const to = resultsFolder;
    brought.push(
      ...bringRuns(finished, { from, to, asCopy: true, target }).brought,
    );
    if (others.length === 0) removePart(resultsFolder, part);
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
