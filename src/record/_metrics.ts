import type { Database } from "./_database.ts";
import type { MetricPoint, Split } from "./types.ts";

/** Which metrics of a run to read; what is left out does not restrict. */
export interface MetricFilter {
  /** Only those measured on this split. */
  readonly split?: Split;
  /** Only the one of this name. */
  readonly name?: string;
}

/** One metric of a run over its steps. */
export interface MetricSeries {
  /** The data it was measured on. */
  readonly split: Split;
  /** What it is. */
  readonly name: string;
  /** The steps, rising. */
  readonly steps: readonly number[];
  /** The value at each step. */
  readonly values: readonly number[];
}

/** Reads and writes the `metric` table; every number survives, NaN and −0 too. */
export class MetricTable {
  readonly #database: Database;
  readonly #ids = new Map<Split, Map<string, number>>();
  #failuresSeen = 0;

  /** The metrics of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes points; an equal run, split, name and step replaces. Call it within a transaction. */
  put(run: number, points: readonly MetricPoint[]): void {
    const insert = this.#database.sql(
      "INSERT OR REPLACE INTO metric VALUES (?, ?, ?, ?)",
    );
    if (this.#failuresSeen !== this.#database.failures) {
      this.#ids.clear(); // a number may have been rolled back
      this.#failuresSeen = this.#database.failures;
    }
    for (const { split, name, step, value } of points) {
      const id = this.#ids.get(split)?.get(name) ?? this.#idOf(split, name);
      insert.run(run, id, step, value);
    }
  }

  /** Writes the series of one run for another one too. Call it within a transaction. */
  copy(
    from: number,
    to: number,
    keeps: (
      series: { readonly split: Split; readonly name: string },
    ) => boolean,
  ): void {
    const copy = this.#database.sql(
      `INSERT INTO metric SELECT ?, series, step, value FROM metric
       WHERE run = ? AND series = ?`,
    );
    for (const series of this.#seriesOf(from)) {
      if (keeps(series)) copy.run(to, from, series.id);
    }
  }

  /** The series of a run, by split and name. */
  series(run: number, { split, name }: MetricFilter = {}): MetricSeries[] {
    const read = this.#database.rows(
      "SELECT step, value FROM metric WHERE run = ? AND series = ?",
    );
    return this.#seriesOf(run)
      .filter((s) => s.split === (split ?? s.split))
      .filter((s) => s.name === (name ?? s.name))
      .map((s) => {
        const rows = read.all(run, s.id) as unknown as [
          number,
          number | null,
        ][];
        return {
          split: s.split,
          name: s.name,
          steps: rows.map((row) => row[0]),
          values: rows.map((row) => row[1] ?? NaN),
        };
      });
  }

  /** The value of each series at its last step, as `split/name`. */
  last(run: number): Record<string, number> {
    const read = this.#database.sql(
      `SELECT value FROM metric WHERE run = ? AND series = ?
       ORDER BY step DESC LIMIT 1`,
    );
    return Object.fromEntries(
      this.#seriesOf(run).map(({ id, split, name }) => [
        `${split}/${name}`,
        (read.get(run, id)!.value as number | null) ?? NaN,
      ]),
    );
  }

  #seriesOf(run: number): { id: number; split: Split; name: string }[] {
    return this.#database.sql(
      `SELECT id, split, name FROM series WHERE EXISTS
         (SELECT 1 FROM metric WHERE run = ? AND series = series.id)
       ORDER BY split, name`,
    ).all(run) as unknown as { id: number; split: Split; name: string }[];
  }

  #idOf(split: Split, name: string): number {
    this.#database.sql(
      "INSERT OR IGNORE INTO series (split, name) VALUES (?, ?)",
    ).run(split, name);
    const id = this.#database.sql(
      "SELECT id FROM series WHERE split = ? AND name = ?",
    ).get(split, name)!.id as number;
    const ids = this.#ids.get(split) ?? new Map<string, number>();
    this.#ids.set(split, ids.set(name, id));
    return id;
  }
}
