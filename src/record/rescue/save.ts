import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { basename, dirname, join } from "node:path";
import {
  ExperimentError,
  PendingFile,
  sha256Hex,
  statIfThere,
} from "@/core/mod.ts";
import { recordFailure } from "../_failure.ts";
import { databaseName } from "../_leftovers.ts";
import { transaction } from "../_transaction.ts";
import { migrate } from "../migrations.ts";
import { DamagedDatabase } from "./_damaged.ts";
import { makeDatabase, tablesOf } from "./_form.ts";
import { mendValues } from "./_mend_values.ts";
import { isOfSqlite, readRows, type Row } from "./_read_rows.ts";
import type { TableForm } from "./_table.ts";
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

/** What was saved of a table. */
export interface SavedTable {
  /** Its name. */
  readonly name: string;
  /** Rows that are in the new database. */
  readonly rows: number;
  /** Rows that were read and are none: of wrong types, or of a run that is lost. */
  readonly refused: number;
  /** Whether the database could be read to its end. */
  readonly isWhole: boolean;
}

/** Whether anything was lost. */
export function isLossy({ tables, replaced }: SavedRecords): boolean {
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
  using damaged = new DamagedDatabase(join(folder, databaseName));
  using pending = new PendingFile(output);
  try {
    const saved = saveTo(pending.part, damaged, (db) => {
      if (basename(output) !== databaseName) return;
      takeAlong(db, { from: folder, to: dirname(output) });
    });
    pending.commit();
    return { path: output, ...saved };
  } catch (error) {
    throw recordFailure(error, { doing: "save the records", where: output });
  }
}

function saveTo(
  path: string,
  { db: from, format }: DamagedDatabase,
  finish: (db: DatabaseSync) => void,
): Omit<SavedRecords, "path"> {
  using to = makeDatabase(path, format);
  const copied = transaction(
    to,
    () =>
      tablesOf(to).filter(({ name }) => name !== "last_metric")
        .map((table) => copyTable(from, to, table)),
  );
  migrate(to, { where: path });
  const { tables, replaced } = transaction(to, () => {
    const tables = removeStrays(to, copied);
    summarise(to);
    return { tables, replaced: mendValues(to) };
  });
  const ids = to.prepare("SELECT id FROM run ORDER BY number").all();
  const saved = { runs: ids.map(({ id }) => `${id}`), tables, replaced };
  if (isLossy({ path, ...saved })) transaction(to, () => leaveNotes(to));
  finish(to);
  return saved;
}

function copyTable(
  from: DatabaseSync,
  to: DatabaseSync,
  table: TableForm,
): SavedTable {
  const { name, columns } = table;
  const insert = to.prepare(
    `INSERT INTO ${name} (${columns.join(", ")})
     VALUES (${columns.map(() => "?").join(", ")})`,
  );
  let rows = 0, refused = 0;
  const put = (row: Row) => {
    try {
      insert.run(...row as SQLInputValue[]);
      rows++;
    } catch (error) {
      if (
        !isOfSqlite(error) || !/constraint|cannot store/.test(error.message)
      ) {
        throw error;
      }
      if (/UNIQUE/.test(error.message)) return; // read before
      const diff = columns.indexOf("diff");
      if (name === "run" && addLostDiff(to, row[diff])) put(row);
      else refused++;
    }
  };
  const keep = (row: Row) => {
    if (name === "object" && !isContent(row)) refused++;
    else put(row);
  };
  const gaps = readRows(from, { table, keep });
  return { name, rows, refused, isWhole: gaps === 0 };
}

function isContent([sha256, content]: Row): boolean {
  return content instanceof Uint8Array && sha256Hex(content) === sha256;
}

/** Stands in for a change of the code that is lost; false if it is there. */
function addLostDiff(to: DatabaseSync, id: unknown): boolean {
  if (typeof id !== "bigint") return false;
  const content =
    `# The change of the code was lost with the records (${id})\n`;
  return to.prepare(
    "INSERT OR IGNORE INTO diff (id, sha256, content) VALUES (?, ?, ?)",
  ).run(id, sha256Hex(content), content).changes === 1;
}

/** Removes numbers of runs and series that are lost; nothing else refers to them. */
function removeStrays(
  to: DatabaseSync,
  tables: readonly SavedTable[],
): readonly SavedTable[] {
  const strays = Number(
    to.prepare(
      `DELETE FROM metric WHERE run NOT IN (SELECT number FROM run)
       OR series NOT IN (SELECT id FROM series)`,
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
