import type { Database } from "../_database.ts";
import { withoutNul } from "../_text.ts";

/** A choice of runs that was given a name. */
export interface SavedSelection {
  /** Its name, without `@`. */
  readonly name: string;
  /** The condition; empty for every run. */
  readonly condition: string;
  /** What it is sorted by; empty for the order of the runs. */
  readonly sort: string;
  /** The columns shown, with commas; empty for the usual ones. */
  readonly columns: string;
}

/** The `selection` table. */
export class SelectionTable {
  readonly #database: Database;

  /** The selections of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes one in place of the one of its name. Call it within a transaction. */
  put({ name, condition, sort, columns }: SavedSelection): void {
    this.#database.sql(
      `INSERT OR REPLACE INTO selection (name, condition, sort, columns)
       VALUES (?, ?, ?, ?)`,
    ).run(name, ...[condition, sort, columns].map(withoutNul));
  }

  /** All of them, by name. */
  all(): SavedSelection[] {
    return this.#database.sql(
      "SELECT name, condition, sort, columns FROM selection ORDER BY name",
    ).all<SavedSelection>();
  }
}
