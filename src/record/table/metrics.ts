import type { Database } from "../_database.ts";
import type { MetricPoint, Split } from "../types.ts";
import type { CurveTable } from "./curves.ts";

/** Which metrics of a run to read; what is left out does not restrict. */
export interface MetricFilter {
  /** Only those measured on this split. */
  readonly split?: Split;
  /** Only the one of this name. */
  readonly name?: string;
  /** Only points of each series after this step of it. */
  readonly after?: (series: SeriesName) => number;
}

/** What tells one metric of a run from the others. */
export interface SeriesName {
  /** The data it was measured on. */
  readonly split: Split;
  /** What it is. */
  readonly name: string;
}

/** One metric of a run over its steps. */
export interface MetricSeries extends SeriesName {
  /** The steps, rising. */
  readonly steps: readonly number[];
  /** The value at each step. */
  readonly values: readonly number[];
}

type NumberedSeries = SeriesName & { readonly id: number };

/**
 * The `metric` table, where every number survives, NaN and −0 too; the names of
 * series; and in `last_metric` the last number of each, so that lists of runs
 * need not look for them.
 */
export class MetricTable {
  readonly #database: Database;
  readonly #curves: CurveTable;
  readonly #ids = new Map<Split, Map<string, number>>();
  #failuresSeen = 0;

  /** The metrics of a database, and the long ones of them in one piece. */
  constructor(database: Database, curves: CurveTable) {
    this.#database = database;
    this.#curves = curves;
  }

  /** Writes points; an equal run, split, name and step replaces. Call it within a transaction. */
  put(run: number, points: readonly MetricPoint[]): void {
    const insert = this.#database.sql(
      `INSERT OR REPLACE INTO metric (run, series, step, value)
       VALUES (?, ?, ?, ?)`,
    );
    if (this.#failuresSeen !== this.#database.failures) {
      this.#ids.clear(); // a number may have been rolled back
      this.#failuresSeen = this.#database.failures;
    }
    const last = new Map<number, MetricPoint>();
    for (const point of points) {
      const { split, name, step, value } = point;
      const id = this.#ids.get(split)?.get(name) ?? this.#idOf(split, name);
      insert.run(run, id, step, value);
      if (step >= (last.get(id)?.step ?? 0)) last.set(id, point);
    }
    const raise = this.#database.sql(
      `INSERT INTO last_metric (run, series, step, value) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET step = excluded.step, value = excluded.value
       WHERE excluded.step >= step`,
    );
    for (const [id, { step, value }] of last) raise.run(run, id, step, value);
  }

  /** Writes the series of one run for another one too. Call it within a transaction. */
  copy(
    { from, to }: { readonly from: number; readonly to: number },
    keeps: (series: SeriesName) => boolean,
  ): void {
    const copies = ["metric", "last_metric"].map((table) =>
      this.#database.sql(
        `INSERT INTO ${table} (run, series, step, value)
         SELECT ?, series, step, value FROM ${table}
         WHERE run = ? AND series = ?`,
      )
    );
    for (const series of this.#seriesOf(from)) {
      if (!keeps(series)) continue;
      for (const copy of copies) copy.run(to, from, series.id);
    }
  }

  /** Removes what was after a step. Call it within a transaction. */
  trim(run: number, step: number): void {
    this.#database.sql("DELETE FROM metric WHERE run = ? AND step > ?")
      .run(run, step);
    this.#database.sql("DELETE FROM last_metric WHERE run = ?").run(run);
    this.#database.sql(
      `INSERT INTO last_metric (run, series, step, value)
       SELECT run, series, max(step), value FROM metric WHERE run = ?
       GROUP BY series`,
    ).run(run);
  }

  /** The series of a run, by split and name. */
  series(
    run: number,
    { split, name, after = () => -1 }: MetricFilter = {},
  ): MetricSeries[] {
    const read = this.#database.sql(
      "SELECT step, value FROM metric WHERE run = ? AND series = ? AND step > ?",
    );
    return this.#seriesOf(run)
      .filter((s) => s.split === (split ?? s.split))
      .filter((s) => s.name === (name ?? s.name))
      .map((s) => {
        const { split, name } = s;
        const from = after(s);
        const packed = from < 0 ? this.#curves.find(run, s.id) : null;
        if (packed) return { split, name, ...packed };
        const rows = read.arrays<[number, number | null]>(run, s.id, from);
        return {
          split,
          name,
          steps: rows.map((row) => row[0]),
          values: rows.map((row) => row[1] ?? NaN),
        };
      });
  }

  /** The value of each series at its last step, as `split/name`. */
  last(run: number): Record<string, number> {
    const rows = this.#database.sql(
      `SELECT split || '/' || name, value FROM last_metric
       JOIN series ON id = series WHERE run = ? ORDER BY split, name`,
    ).arrays<[string, number | null]>(run);
    return Object.fromEntries(
      rows.map(([name, value]) => [name, value ?? NaN]),
    );
  }

  #seriesOf(run: number): NumberedSeries[] {
    return this.#database.sql(
      `SELECT id, split, name FROM last_metric JOIN series ON id = series
       WHERE run = ? ORDER BY split, name`,
    ).all<NumberedSeries>(run);
  }

  #idOf(split: Split, name: string): number {
    this.#database.sql(
      "INSERT OR IGNORE INTO series (split, name) VALUES (?, ?)",
    ).run(split, name);
    const { id } = this.#database.sql(
      "SELECT id FROM series WHERE split = ? AND name = ?",
    ).get<NumberedSeries>(split, name)!;
    const ids = this.#ids.get(split) ?? new Map<string, number>();
    this.#ids.set(split, ids.set(name, id));
    return id;
  }
}
