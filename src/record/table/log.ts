import type { Database } from "../_database.ts";
import { withoutNul } from "../_text.ts";
import type { LogLine } from "../types.ts";

/** The `log` table. */
export class LogTable {
  readonly #database: Database;

  /** The logs of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes lines after those that a run has. Call it within a transaction. */
  add(run: number, lines: readonly LogLine[]): void {
    const insert = this.#database.sql(
      `INSERT INTO log (run, number, at, level, text) VALUES (?,
         (SELECT coalesce(max(number), 0) + 1 FROM log WHERE run = ?), ?, ?, ?)`,
    );
    for (const { at, level, text } of lines) {
      insert.run(run, run, at, level, withoutNul(text));
    }
  }

  /** The log of a run, oldest line first. */
  of(run: number): LogLine[] {
    return this.#database.sql(
      "SELECT at, level, text FROM log WHERE run = ? ORDER BY number",
    ).all<LogLine>(run);
  }
}
