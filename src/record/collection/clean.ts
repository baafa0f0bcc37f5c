import { dirname, join } from "node:path";
import { lstatIfThere, removeIfThere } from "@/core/mod.ts";
import { checkNoLink, strayPartMs } from "../_object_store.ts";
import type { Parts } from "../_parts.ts";
import { findLeftovers, type Leftover } from "../rescue/_leftovers.ts";

/** What was removed for good, or would be. */
export interface Cleaned {
  /** The runs that had been deleted, by their ids. */
  readonly runs: readonly string[];
  /** Files that no other run needs, from the folder of the results. */
  readonly files: readonly Leftover[];
  /** What those files come to. */
  readonly fileBytes: number;
  /** Size of the database. */
  readonly databaseBytes: number;
  /** What of it is free, for what is recorded next. */
  readonly freeBytes: number;
}

/** What {@linkcode clean} would remove. */
export function cleanable(parts: Parts): Cleaned {
  return cleanedOf(parts, {
    runs: deletedIn(parts),
    files: leftoversOf(parts),
  });
}

/**
 * Removes deleted runs for good, and contents and files that no run needs. Rows
 * go first: what ends it in between leaves a file too many, never one too few.
 */
export function clean(parts: Parts): Cleaned {
  const { database, tables, folder } = parts;
  const runs = database.write("remove the deleted runs", () => {
    const runs = deletedIn(parts);
    for (const id of runs) tables.removeRun(tables.runs.numberOfDeleted(id)!);
    tables.objects.sweep();
    return runs;
  });
  const files = database.write("remove files that no run needs", () => {
    const files = leftoversOf(parts);
    for (const { path } of files) removeFile(folder, path);
    return files;
  });
  return cleanedOf(parts, { runs, files });
}

function cleanedOf(
  { database }: Parts,
  { runs, files }: Pick<Cleaned, "runs" | "files">,
): Cleaned {
  return {
    ...{ runs, files },
    fileBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    databaseBytes: Deno.statSync(database.path).size,
    freeBytes: database.freeBytes,
  };
}

function deletedIn({ tables }: Parts): readonly string[] {
  return tables.runs.known({ deleted: true }).map(({ id }) => id);
}

/** What no run but deleted ones needs; saved databases are the user's. */
function leftoversOf({ folder, tables }: Parts): readonly Leftover[] {
  const runs = new Set(tables.runs.known().map(({ id }) => id));
  const contents = new Set(tables.artifacts.needed());
  return findLeftovers(folder, { runs, contents }).filter(({ path }) =>
    /^(objects|runs)[/\\]/.test(path) && !isBeingWritten(join(folder, path))
  );
}

function isBeingWritten(path: string): boolean {
  const writtenMs = lstatIfThere(path)?.mtime?.getTime() ?? 0;
  return path.endsWith(".tmp") && !path.endsWith("reserve.tmp") &&
    Date.now() - writtenMs < strayPartMs;
}

function removeFile(folder: string, path: string): void {
  const parents: string[] = [];
  for (let at = dirname(path); at !== "."; at = dirname(at)) parents.push(at);
  for (const parent of parents) checkNoLink(join(folder, parent));
  removeIfThere(join(folder, path));
  for (const parent of parents.slice(0, -1)) {
    if ([...Deno.readDirSync(join(folder, parent))].length > 0) break;
    Deno.removeSync(join(folder, parent));
  }
}
