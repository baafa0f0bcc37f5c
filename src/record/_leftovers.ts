import { join } from "node:path";
import { ExperimentError, removeIfThere, statIfThere } from "@/core/mod.ts";
import { inShell } from "./_failure.ts";

/** The name of the database in a results folder. */
export const databaseName = "runs.sqlite";

/**
 * A path beside the database for what was saved of it that nothing has yet:
 * `runs.rescued.sqlite`, `runs.rescued-2.sqlite`, …
 */
export function rescuePath(folder: string): string {
  for (let count = 1;; count++) {
    const path = join(
      folder,
      count === 1 ? "runs.rescued.sqlite" : `runs.rescued-${count}.sqlite`,
    );
    if (!statIfThere(path)) return path;
  }
}

/**
 * The command that puts a database in the place of another. The log of that one
 * goes, as SQLite would take it for that of the new one.
 */
export function putBack(from: string, to: string): string {
  const logs = ["-wal", "-shm"].map((end) => to + end).filter(statIfThere);
  const moving = `mv ${inShell(from)} ${inShell(to)}`;
  return logs.length === 0
    ? moving
    : `rm ${logs.map(inShell).join(" ")} && ${moving}`;
}

/**
 * Fails for a results folder that has lost its database: a new one in its place
 * would know nothing of the runs whose files are there, and remove them.
 *
 * @throws {ExperimentError} What is left, and how to put the database back.
 */
function refuseLeftovers(folder: string): void {
  const rescued = namesIn(folder).find((name) =>
    /^runs\.rescued.*\.sqlite$/.test(name)
  );
  const runs = namesIn(join(folder, "runs")).length;
  if (rescued === undefined && runs === 0) return;
  const path = join(folder, databaseName);
  throw new ExperimentError(
    `Cannot use the records: ${databaseName} is gone or empty, though ` +
      (rescued === undefined
        ? `folders of ${runs} ${runs === 1 ? "run" : "runs"} are there`
        : "one was saved from what is left of it"),
    {
      where: path,
      fix: rescued === undefined
        ? "Restore it from a backup, or name another folder by --results"
        : `Put it back: ${putBack(join(folder, rescued), path)}`,
    },
  );
}

/**
 * Whether a results folder has a database.
 *
 * @throws {ExperimentError} If it has lost it, or nothing is left in it.
 */
export function hasDatabase(folder: string): boolean {
  const path = join(folder, databaseName);
  const there = statIfThere(path);
  if (!there || there.size === 0) refuseLeftovers(folder);
  return there !== null;
}

function namesIn(folder: string): readonly string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/**
 * Removes the log of a database that is gone: SQLite would take it for that of
 * whatever is put there.
 */
export function removeLog(path: string): void {
  if (statIfThere(path)) return;
  for (const end of ["-wal", "-shm"]) removeIfThere(path + end);
}
