import { dirname } from "node:path";
import { ExperimentError, RunError } from "@/core/mod.ts";

const busy = /database is locked|table is locked/;
const full = /disk is full|No space left|quota exceeded|File too large/i;
const broken = /disk I\/O error|Input\/output error/;
const misplaced = /Not a directory|File exists|symbolic links|name too long/;
const unwritable =
  /readonly database|Read-only file system|Permission denied|Operation not permitted|unable to open database/;
/** What says that we used SQLite wrongly. */
const mistake = /^(near ".*": syntax error|column index out|cannot store)/;

/** What a message of SQLite or the system means for the user. */
const meanings: readonly [RegExp, what: string, fix: string][] = [
  [
    busy,
    "another program keeps the database locked",
    "Close that program (a database browser?), then try again",
  ],
  [
    full,
    "the disk is full",
    "Free some space, then try again",
  ],
  [
    misplaced,
    "where the folder of results should be is something else",
    "Name another folder for the results, by --results",
  ],
  [
    unwritable,
    "the folder cannot be written to",
    "Make the folder writable, or name another one for the results",
  ],
  [
    broken,
    "the disk is full or failing",
    "Check the free space and the disk, then try again",
  ],
];

/** Whether another connection held the lock for longer than SQLite waited. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && busy.test(error.message);
}

/** Whether the folder, or a file in it, cannot be written to. */
export function isUnwritable(error: unknown): boolean {
  return error instanceof Error && unwritable.test(error.message);
}

/** Whether a lack of space led to an error. */
export function isFull(error: unknown): boolean {
  return error instanceof Error &&
    (isFull(error.cause) || full.test(error.message) ||
      broken.test(error.message)); // SQLite cannot grow its shared memory
}

/**
 * The error to throw where recording failed: a {@linkcode RunError} that says
 * why if the surroundings are to blame, an {@linkcode ExperimentError} if the
 * folder is none, else the error itself.
 */
export function recordFailure(
  error: unknown,
  { doing, where }: { readonly doing: string; readonly where: string },
): unknown {
  if (error instanceof ExperimentError || !(error instanceof Error)) {
    return error;
  }
  const meaning = meanings.find(([sign]) => sign.test(error.message));
  if (!meaning) {
    return isDamage(error) ? damagedRecords(where, error) : error;
  }
  const [, what, fix] = meaning;
  const details = { where, fix, cause: error };
  const message = `Cannot ${doing}: ${what}`;
  return misplaced.test(error.message)
    ? new ExperimentError(message, details) // who named it made the mistake
    : new RunError(message, details);
}

/**
 * Whether damage led to an error: a sound database has our tables, and rows that
 * keep to their constraints, so that nothing else of SQLite's is left.
 */
function isDamage(error: Error): boolean {
  return "code" in error && error.code === "ERR_SQLITE_ERROR" &&
    !mistake.test(error.message);
}

/** The error to throw where a database has not what was written into it. */
export function damagedRecords(path: string, cause?: unknown): ExperimentError {
  return new ExperimentError(
    "Cannot use the records: the database is damaged",
    {
      where: path,
      fix: "Restore it from a backup, or see what can be saved by: " +
        `deno task doctor --records --results ${inShell(dirname(path))}`,
      cause,
    },
  );
}

/** A path as a shell takes it. */
export function inShell(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path)
    ? path
    : `'${path.replaceAll("'", `'\\''`)}'`;
}
