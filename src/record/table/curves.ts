import { type Curve, packCurve, packedFrom, unpackCurve } from "../_curves.ts";
import type { Database } from "../_database.ts";

/**
 * The `curve` table: the long series of a run that has ended once more, each in
 * one piece, as a page of many runs would wait for millions of rows.
 */
export class CurveTable {
  readonly #database: Database;

  /** The curves of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Packs the long series of a run. Call it within a transaction. */
  pack(run: number): void {
    this.remove(run);
    const long = this.#database.sql(
      "SELECT series FROM metric WHERE run = ? GROUP BY series HAVING count(*) >= ?",
    ).arrays<[number]>(run, packedFrom);
    for (const [series] of long) {
      const rows = this.#database.sql(
        "SELECT step, value FROM metric WHERE run = ? AND series = ?",
      ).arrays<[number, number | null]>(run, series);
      const curve = {
        steps: rows.map(([step]) => step),
        values: rows.map(([, value]) => value ?? NaN),
      };
      this.#database.sql(
        "INSERT INTO curve (run, series, points) VALUES (?, ?, ?)",
      ).run(run, series, packCurve(curve));
    }
  }

  /** Removes those of a run, as it goes on. Call it within a transaction. */
  remove(run: number): void {
    this.#database.sql("DELETE FROM curve WHERE run = ?").run(run);
  }

  /** A series of a run, if it is packed. */
  find(run: number, series: number): Curve | null {
    const row = this.#database.sql(
      "SELECT points FROM curve WHERE run = ? AND series = ?",
    ).get<{ points: Uint8Array }>(run, series);
    return row ? unpackCurve(row.points) : null;
  }
}
