import type { Database } from "../_database.ts";
import type { SeenSample } from "../types.ts";

/** Which samples of a run to read; what is left out does not restrict. */
export interface SampleFilter {
  /** The first number. */
  readonly from?: number;
  /** How many at most. */
  readonly count?: number;
}

/** The `sample` table. */
export class SampleTable {
  readonly #database: Database;

  /** The samples of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes samples; an equal run and number replaces. Call it within a transaction. */
  put(run: number, samples: readonly SeenSample[]): void {
    const insert = this.#database.sql(
      `INSERT OR REPLACE INTO sample (run, number, step, sha256, drawn)
       VALUES (?, ?, ?, unhex(?), ?)`,
    );
    for (const { index, step, sha256, drawn } of samples) {
      insert.run(run, index, step, sha256, drawn);
    }
  }

  /** Writes those of one run for another one too. Call it within a transaction. */
  copy(from: number, to: number): void {
    this.#database.sql(
      `INSERT INTO sample (run, number, step, sha256, drawn)
       SELECT ?, number, step, sha256, drawn FROM sample WHERE run = ?`,
    ).run(to, from);
  }

  /** Removes what was after a step. Call it within a transaction. */
  trim(run: number, step: number): void {
    this.#database.sql("DELETE FROM sample WHERE run = ? AND step > ?")
      .run(run, step);
  }

  /** Samples of a run by number. */
  some(run: number, { from = 0, count = -1 }: SampleFilter): SeenSample[] {
    return this.#database.sql(
      `SELECT number, step, lower(hex(sha256)), drawn FROM sample
       WHERE run = ? AND number >= ? ORDER BY number LIMIT ?`,
    ).arrays<[number, number, string, string | null]>(run, from, count)
      .map(([index, step, sha256, drawn]) => ({ index, step, sha256, drawn }));
  }

  /** The numbers of the samples of a run, rising. */
  indices(run: number): number[] {
    return this.#database.sql(
      "SELECT number FROM sample WHERE run = ? ORDER BY number",
    ).arrays<[number]>(run).map(([index]) => index);
  }
}
