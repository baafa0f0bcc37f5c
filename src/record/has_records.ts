import { resolve } from "node:path";
import { recordFailure } from "./_failure.ts";
import { hasDatabase } from "./_leftovers.ts";

/**
 * Whether anything was recorded in a folder.
 *
 * @throws {ExperimentError} If it was, but its database is gone.
 * @throws {RunError} If it is no folder.
 */
export function hasRecords(folder: string): boolean {
  try {
    return hasDatabase(resolve(folder));
  } catch (error) {
    throw recordFailure(error, { doing: "open the records", where: folder });
  }
}
