import { bringRuns, hasRecords, openRecords } from "@/record/mod.ts";
import { goalOf, isThere } from "./goal.ts";
import { isOfPart, partFolder, partNames, removePart } from "./part.ts";

/** What came of gathering parts. */
export interface MergedParts {
  /** Runs that are new among the records, by their ids. */
  readonly brought: readonly string[];
  /** Runs that have not come to where they should, which stay in their parts. */
  readonly left: readonly string[];
}

/**
 * Brings what has come to its goal in the parts of a results folder among its
 * records, and removes the parts whose last run is among it, but those of which
 * something is still to be handed in. Whatever interrupts it, it can be done again.
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
    const { ended, others } = runsOfPart(resultsFolder, part);
    left.push(...others);
    if (ended.length === 0) continue;
    const to = resultsFolder;
    brought.push(
      ...bringRuns(ended, { from, to, asCopy: true, target }).brought,
    );
    const isDone = others.length === 0 && !goalOf(resultsFolder, part).handsIn;
    if (isDone) removePart(resultsFolder, part);
  }
  return { brought, left };
}

/**
 * The runs that a part is for, without those that they begin with. Once the last
 * one is there, those before it, as of data that have changed since, have nothing
 * to wait for.
 */
function runsOfPart(
  resultsFolder: string,
  part: string,
): { readonly ended: readonly string[]; readonly others: readonly string[] } {
  const folder = partFolder(resultsFolder, part);
  const goal = goalOf(resultsFolder, part);
  using records = openRecords(folder, { readOnly: true, asCopy: true });
  const runs = records.runs().filter((run) => isOfPart(run, part));
  const last = runs.at(-1);
  const isDone = last !== undefined && isThere(last, goal) &&
    !runs.some(({ state }) => state === "running");
  const ended: string[] = [], others: string[] = [];
  for (const run of runs) {
    (isDone || isThere(run, goal) ? ended : others).push(run.id);
  }
  return { ended, others };
}
