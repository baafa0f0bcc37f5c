import type { DatabaseSync } from "node:sqlite";
import { basename, dirname, join } from "node:path";
import { ExperimentError, PendingFile, statIfThere } from "@/core/mod.ts";
import { fillCurves } from "../_curves.ts";
import { recordFailure } from "../_failure.ts";
import { databaseName } from "../_leftovers.ts";
import { transaction } from "../_transaction.ts";
import { migrate } from "../migrations.ts";
import { DatabaseByPages } from "./_by_pages.ts";
import { copyTable, type SavedTable } from "./_copy_table.ts";
import { type DamagedDatabase, openDatabase } from "./_damaged.ts";
import { makeDatabase, tablesOf } from "./_form.ts";
import { mendValues } from "./_mend_values.ts";
import { takeAlong } from "./_take_along.ts";

/** What was saved of a database. */
export interface SavedRecords {
  /** The new database. */
  readonly path: string;
  /** The runs in it, oldest first. */
  readonly runs: readonly string[];
  /** Each table. */
  readonly tables: readonly SavedTable[];
  /** Values that could not be read, and what stands in their place. */
  readonly replaced: readonly string[];
}

/** Whether anything was lost. */
export function isLossy(
  { tables, replaced }: Pick<SavedRecords, "tables" | "replaced">,
): boolean {
  return replaced.length > 0 ||
    tables.some(({ refused, isWhole }) => refused > 0 || !isWhole);
}

/**
 * Writes what can be read of a results folder's database to a new file, a
 * database of the newest format. Where anything is lost, each run says so in its
 * log. A file that is called as databases of results are gets the contents of
 * artifacts too, so that its folder is one of results.
 *
 * @throws {ExperimentError} If nothing can be read, or the file is there.
 * @throws {RunError} If it cannot be written.
 */
export function saveRecords(folder: string, output: string): SavedRecords {
  if (statIfThere(output)) {
    throw new ExperimentError(`Cannot write "${output}": it is there already`, {
      where: output,
      fix: "Name a new file",
    });
  }
  const database = join(folder, databaseName);
  using damaged = openDatabase(database);
  using pending = new PendingFile(output);
  try {
    using to = makeDatabase(pending.part, damaged.format);
    const copied = copyTables(damaged, { path: database, to });
    const saved = complete(to, copied);
    if (basename(output) === databaseName) {
      takeAlong(to, { from: folder, to: dirname(output) });
    }
    to.close();
    pending.commit();
    return { path: output, ...saved };
  } catch (error) {
    throw recordFailure(error, { doing: "save the records", where: output });
  }
}

/**
 * Copies what SQLite finds by its list of tables and, where it cannot read all,
 * what the pages hold that nobody lists any more.
 */
function copyTables(
  damaged: DamagedDatabase,
  { path, to }: { readonly path: string; readonly to: DatabaseSync },
): readonly SavedTable[] {
  const forms = tablesOf(to).filter(({ name }) =>
    name !== "last_metric" && name !== "curve"
  );
  const copyAll = (from: DatabaseSync) =>
    transaction(to, () => forms.map((form) => copyTable(form, { from, to })));
  const listed = copyAll(damaged.db);
  if (damaged.left === "rows") {
    return listed.map((table) => ({ ...table, isWhole: false }));
  }
  if (listed.every(({ isWhole }) => isWhole)) return listed;
  using found = DatabaseByPages.open(path, damaged.format);
  if (!found) return listed;
  return copyAll(found.db).map(({ rows }, i) => ({
    ...listed[i]!,
    rows: listed[i]!.rows + rows,
  }));
}

/** Brings what was copied to the newest format, and mends what it refers to. */
function complete(
  to: DatabaseSync,
  copied: readonly SavedTable[],
): Omit<SavedRecords, "path"> {
  migrate(to, { where: "the saved records" });
  const { tables, replaced } = transaction(to, () => {
    const tables = removeStrays(to, copied);
    summarise(to);
    return { tables, replaced: mendValues(to) };
  });
  const ids = to.prepare("SELECT id FROM run ORDER BY number").all();
  const runs = ids.map(({ id }) => `${id}`);
  if (isLossy({ tables, replaced })) transaction(to, () => leaveNotes(to));
  return { runs, tables, replaced };
}

/** Removes numbers of runs and series that are lost, and of steps that cannot be. */
function removeStrays(
  to: DatabaseSync,
  tables: readonly SavedTable[],
): readonly SavedTable[] {
  const strays = Number(
    to.prepare(
      `DELETE FROM metric WHERE run NOT IN (SELECT number FROM run)
       OR series NOT IN (SELECT id FROM series) OR step < 0`,
    ).run().changes,
  );
  return tables.map((table) =>
    table.name === "metric"
      ? {
        ...table,
        rows: table.rows - strays,
        refused: table.refused + strays,
      }
      : table
  );
}

/** Fills what follows from the rest, or has to be there for each run. */
function summarise(to: DatabaseSync): void {
  to.exec(
    `DELETE FROM last_metric;
     INSERT INTO last_metric (run, series, step, value)
       SELECT run, series, max(step), value FROM metric GROUP BY run, series;
     INSERT INTO heartbeat (run, lease, holder, at)
       SELECT number, 1, '{"pid":0,"host":"a machine unknown"}', started_at
       FROM run WHERE number NOT IN (SELECT run FROM heartbeat);`,
  );
  to.exec("DELETE FROM curve");
  fillCurves(to);
}

function leaveNotes(to: DatabaseSync): void {
  to.prepare(
    `INSERT INTO log (run, number, at, level, text)
     SELECT number, (SELECT coalesce(max(number), 0) + 1 FROM log
       WHERE log.run = run.number), ?, 'warning', ? FROM run`,
  ).run(
    new Date(Date.now()).toISOString(),
    "Saved from a damaged database: parts of it may be missing",
  );
}
