import { resolve } from "node:path";
import { thisHolder } from "./_holder.ts";
import { nameOf } from "./_names.ts";
import { Parts } from "./_parts.ts";
import type { MetricPoint, NewRun } from "./types.ts";

/** A run that another program has recorded, whole. */
export interface ForeignRecord {
  /** What is known of it; the hash of its plan is that of all that it holds. */
  readonly newRun: NewRun;
  /** The program. */
  readonly program: string;
  /** What tells it from the others of that program, wherever its files lie. */
  readonly identity: string;
  /** When it began, ISO 8601. */
  readonly startedAt: string;
  /** When it ended, or was last heard of. */
  readonly finishedAt: string;
  /** How it ended. */
  readonly state: "finished" | "failed" | "interrupted";
  /** Why, or null. */
  readonly reason: string | null;
  /** A note to begin with, or null. */
  readonly note: string | null;
  /** Its numbers. */
  readonly points: readonly MetricPoint[];
}

/** What became of runs that were to be imported, by their ids. */
export interface Imported {
  /** Those that are new here. */
  readonly added: readonly string[];
  /** Those that were other before, and are as they are there now. */
  readonly changed: readonly string[];
  /** Those that are here already. */
  readonly had: readonly string[];
}

/**
 * Takes runs of other programs into a results folder, all or none. What people
 * have said of one that is here already stays; one that was deleted stays so.
 *
 * @throws {RunError} If it cannot be written.
 */
export function importRuns(
  runs: readonly ForeignRecord[],
  { to }: { readonly to: string },
): Imported {
  const parts = new Parts(resolve(to), {});
  using _database = parts.database;
  return parts.database.write("import runs", () => {
    const came = { added: [], changed: [], had: [] } as Record<
      keyof Imported,
      string[]
    >;
    for (const run of runs) {
      const { id, how } = importRun(run, parts);
      came[how].push(id);
    }
    return came;
  });
}

function importRun(
  run: ForeignRecord,
  { runs, tables }: Parts,
): { readonly id: string; readonly how: keyof Imported } {
  const { newRun, startedAt: at, finishedAt, state, reason, note, points } =
    run;
  const id = nameOf(run.program, {
    at: new Date(at),
    unlike: run.identity,
    characters: 8, // nothing else tells two runs apart
  });
  const there = runs.find(id);
  if (there?.run.planHash === newRun.planHash) return { id, how: "had" };
  let number = there?.number;
  if (number === undefined) {
    number = runs.add(newRun, { id, holder: thisHolder(), at })!;
    tables.marks.change(number, { note });
  } else {
    tables.runs.replan(number, newRun);
    tables.trim(number, -1);
  }
  tables.metrics.put(number, points);
  tables.runs.end(number, {
    ...{ state, reason, at: finishedAt, stoppedAfter: null },
  });
  tables.curves.pack(number);
  return { id, how: there ? "changed" : "added" };
}
