import type { Database } from "../_database.ts";
import type { Resume } from "../types.ts";

/** The `resume` table: when each run was gone on with, and from where. */
export class ResumeTable {
  readonly #database: Database;

  /** The resumes of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes that a run goes on by a lease. Call it within a transaction. */
  add(run: number, { lease, at, step }: Resume & { lease: number }): void {
    this.#database.sql(
      "INSERT INTO resume (run, lease, at, step) VALUES (?, ?, ?, ?)",
    ).run(run, lease, at, step);
  }

  /** Those of a run, oldest first. */
  of(run: number): Resume[] {
    return this.#database.sql(
      "SELECT at, step FROM resume WHERE run = ? ORDER BY lease",
    ).all<Resume>(run);
  }
}
