import type { Database } from "./_database.ts";
import type { SeenSample } from "./types.ts";

/** Which samples of a run to read; what is left out does not restrict. */
export interface SampleFilter {
  /** The first number. */
  readonly from?: number;
  /** How many at most. */
  readonly count?: number;
}

/** Reads and writes the `sample` table. */
export class SampleTable {
  readonly #database: Database;

  /** The samples of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes samples; an equal run and number replaces. Call it within a transaction. */
  put(run: number, samples: readonly SeenSample[]): void {
    const insert = this.#database.sql(
      "INSERT OR REPLACE INTO sample VALUES (?, ?, ?, unhex(?), ?)",
    );
    for (const { index, step, sha256, drawn } of samples) {
      insert.run(run, index, step, sha256, drawn);
    }
  }

  /** Samples of a run by number. */
  some(run: number, { from = 0, count = -1 }: SampleFilter): SeenSample[] {
    const rows = this.#database.rows(
      `SELECT number, step, lower(hex(sha256)), drawn FROM sample
       WHERE run = ? AND number >= ? ORDER BY number LIMIT ?`,
    ).all(run, from, count) as unknown as [
      number,
      number,
      string,
      string | null,
    ][];
    return rows.map(([index, step, sha256, drawn]) => ({
      index,
      step,
      sha256,
      drawn,
    }));
  }

  /** The numbers of the samples of a run, rising. */
  indices(run: number): number[] {
    const rows = this.#database.rows(
      "SELECT number FROM sample WHERE run = ? ORDER BY number",
    ).all(run) as unknown as [number][];
    return rows.map(([index]) => index);
  }
}
