import type { DatabaseSync } from "node:sqlite";
import { ExperimentError } from "@/core/mod.ts";
import { Copy } from "../_copy.ts";
import { inShell } from "../_failure.ts";
import { DatabaseByPages } from "./_by_pages.ts";
import {
  formatOf,
  makeDatabase,
  statementsOf,
  statementsOfFormat,
} from "./_form.ts";
import { mendHeader } from "./_header.ts";
import { openDamaged } from "./_open_damaged.ts";
import { isOfSqlite } from "./_read_rows.ts";

/** A database that may be damaged, opened to read what is left of it. */
export interface DamagedDatabase extends Disposable {
  /** The connection; what it cannot read fails statement by statement. */
  readonly db: DatabaseSync;
  /** How many migrations it has had, by its tables. */
  readonly format: number;
  /**
   * What is as it was made: all; its pages only, as first bytes or tables in the
   * list were mended; or rows only, as the list of tables is lost.
   */
  readonly left: "all" | "pages" | "rows";
}

/**
 * Opens the database in a file, which stays as it is: where its first bytes or
 * its list of tables are damaged, a copy is mended as far as it is known how
 * they should be; where that list is lost, tables are known by their rows.
 *
 * @throws {ExperimentError} If no table of ours can be found in it.
 */
export function openDatabase(path: string): DamagedDatabase {
  const found = openSound(path) ?? openMended(path) ??
    DatabaseByPages.open(path);
  if (found) return found;
  throw new ExperimentError(
    "Cannot read the database: no table of Cleft's can be found in it",
    {
      where: path,
      fix: "Restore it from a backup, or try SQLite's own program: " +
        `sqlite3 ${inShell(path)} .recover > saved.sql`,
    },
  );
}

function openSound(path: string): DamagedDatabase | null {
  const db = openDamaged(path, { readOnly: true });
  const format = db ? formatOf(db) : 0;
  if (!db || !isWhole(db, format)) {
    db?.close();
    return null;
  }
  return { db, format, left: "all", [Symbol.dispose]: () => db.close() };
}

function openMended(path: string): DamagedDatabase | null {
  const copy = new Copy(path);
  mendHeader(copy.path, copy);
  const mended = openDamaged(copy.path, { readOnly: false });
  const format = mended ? formatOf(mended) : 0;
  if (format > 0) mendTables(mended!, format);
  mended?.close();
  const db = format > 0 ? openDamaged(copy.path, { readOnly: true }) : null;
  if (!db) {
    copy[Symbol.dispose]();
    return null;
  }
  const dispose = () => {
    db.close();
    copy[Symbol.dispose]();
  };
  return { db, format, left: "pages", [Symbol.dispose]: dispose };
}

/** Whether every table and index is as the migrations make it. */
function isWhole(db: DatabaseSync, format: number): boolean {
  const found = new Set(statementsOf(db));
  return format > 0 &&
    statementsOfFormat(format).every((one) => found.has(one));
}

/** Writes how tables should have been made into the list of them. */
function mendTables(db: DatabaseSync, format: number): void {
  using made = makeDatabase(":memory:", format);
  const write = db.prepare(
    "UPDATE sqlite_schema SET type = 'table', sql = ? WHERE name = ?",
  );
  const tables = made.prepare(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table'",
  ).all();
  for (const { name, sql } of tables) {
    try {
      write.run(sql!, name!);
    } catch (error) {
      if (!isOfSqlite(error)) throw error; // its place is damaged
    }
  }
}
