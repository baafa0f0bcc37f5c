import { DatabaseSync } from "node:sqlite";
import { ExperimentError } from "@/core/mod.ts";
import { Copy } from "../_copy.ts";
import { inShell } from "../_failure.ts";
import {
  formatOf,
  makeDatabase,
  statementsOf,
  statementsOfFormat,
} from "./_form.ts";
import { mendHeader } from "./_header.ts";
import { isOfSqlite } from "./_read_rows.ts";

/** A database that may be damaged, opened to read what is left of it. */
export class DamagedDatabase implements Disposable {
  /** The connection; what it cannot read fails statement by statement. */
  readonly db: DatabaseSync;
  /** How many migrations it has had, by its tables. */
  readonly format: number;
  readonly #copy: Copy | null;

  /** Whether its first bytes or its list of tables had to be mended. */
  get isMended(): boolean {
    return this.#copy !== null;
  }

  /**
   * Opens the database in a file, which stays as it is: where its first bytes or
   * its list of tables are damaged, a copy is mended as far as it is known how
   * they should be.
   *
   * @throws {ExperimentError} If no table of ours can be found in it.
   */
  constructor(path: string) {
    const sound = open(path, { readOnly: true });
    const format = sound ? formatOf(sound) : 0;
    if (sound && isWhole(sound, format)) {
      this.#copy = null;
      this.db = sound;
      this.format = format;
      return;
    }
    sound?.close();
    this.#copy = new Copy(path);
    mendHeader(this.#copy.path, this.#copy);
    const mended = open(this.#copy.path, { readOnly: false });
    this.format = mended ? formatOf(mended) : 0;
    if (mended && this.format > 0) {
      mendTables(mended, this.format);
      mended.close();
      this.db = open(this.#copy.path, { readOnly: true })!;
      return;
    }
    mended?.close();
    this.#copy[Symbol.dispose]();
    throw new ExperimentError(
      "Cannot read the database: no table of Cleft's can be found in it",
      {
        where: path,
        fix: "Restore it from a backup, or try SQLite's own program: " +
          `sqlite3 ${inShell(path)} .recover > saved.sql`,
      },
    );
  }

  [Symbol.dispose](): void {
    this.db.close();
    this.#copy?.[Symbol.dispose]();
  }
}

/** Opens a database so that SQLite reads what it can; null if it cannot at all. */
function open(
  path: string,
  { readOnly }: { readonly readOnly: boolean },
): DatabaseSync | null {
  const options = { readOnly, timeout: 5000, defensive: false };
  const db = new DatabaseSync(path, options);
  try {
    db.exec("PRAGMA writable_schema = ON"); // takes the tables that are sound
    tablesFound(db);
    return db;
  } catch (error) {
    db.close();
    if (!isOfSqlite(error)) throw error;
    return null;
  }
}

/** How many tables and indices are found; a damaged list fails only once. */
function tablesFound(db: DatabaseSync): number {
  const count = db.prepare("SELECT count(*) AS n FROM sqlite_schema");
  return Number(count.get()!.n);
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
