import type { Database } from "../_database.ts";
import type { RunInput } from "../types.ts";

/** The `input` table: the files that each run read. */
export class InputTable {
  readonly #database: Database;

  /** The inputs of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes the inputs of a run. Call it within a transaction. */
  add(run: number, inputs: readonly RunInput[]): void {
    const insert = this.#database.sql(
      `INSERT INTO input (run, position, role, split, of_run, path, bytes, sha256)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const [i, input] of inputs.entries()) {
      const { role, split, run: ofRun, path, bytes, sha256 } = input;
      insert.run(run, i, role, split, ofRun, path, bytes, sha256);
    }
  }

  /** The inputs of a run, in order. */
  of(run: number): RunInput[] {
    return this.#database.sql(
      `SELECT role, split, of_run AS run, path, bytes, sha256 FROM input
       WHERE run = ? ORDER BY position`,
    ).all<RunInput>(run);
  }
}
