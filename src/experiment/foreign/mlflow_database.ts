import { DatabaseSync } from "node:sqlite";
import { ExperimentError, statIfThere } from "@/core/mod.ts";
import { foreignRunOf } from "./_mlflow.ts";
import type { ForeignRun, ForeignSeries, ForeignSource } from "./_source.ts";

/** MLflow's database, where it is one file of SQLite. */
export const mlflowDatabase: ForeignSource = {
  program: "MLflow",
  summary: "database of MLflow",
  holds(path) {
    if (!isSqlite(path)) return false;
    return reading(path, (db) =>
      db.prepare(
        `SELECT count(*) AS n FROM sqlite_schema
         WHERE name IN ('experiments', 'runs', 'metrics', 'params', 'tags')`,
      ).get()!["n"] === 5);
  },
  runs: (path) => reading(path, (db) => runsIn(db, path)),
};

function isSqlite(path: string): boolean {
  if (!statIfThere(path)?.isFile) return false;
  using file = Deno.openSync(path);
  const head = new Uint8Array(15);
  file.readSync(head);
  return new TextDecoder().decode(head) === "SQLite format 3";
}

/** Reads a database; what SQLite says of a damaged one becomes an error of the user's. */
function reading<Result>(
  path: string,
  read: (db: DatabaseSync) => Result,
): Result {
  try {
    using db = new DatabaseSync(path, { readOnly: true });
    return read(db);
  } catch (cause) {
    if (cause instanceof ExperimentError) throw cause;
    throw new ExperimentError(`Cannot read the database of MLflow "${path}"`, {
      where: cause instanceof Error ? cause.message : `${cause}`,
      fix: "Get it again: it is damaged, or of a version that has other tables",
      cause,
    });
  }
}

function runsIn(db: DatabaseSync, path: string): readonly ForeignRun[] {
  const ofRun = (sql: string) => {
    const statement = db.prepare(sql);
    return (run: string) => statement.all(run);
  };
  const texts = (table: string) => {
    const read = ofRun(`SELECT key, value FROM ${table} WHERE run_uuid = ?`);
    return (run: string) =>
      Object.fromEntries(
        read(run).map(({ key, value }) => [`${key}`, `${value}`]),
      );
  };
  const params = texts("params"), tags = texts("tags");
  const metrics = ofRun(
    `SELECT key, step, value, is_nan FROM metrics WHERE run_uuid = ?
     ORDER BY key, step, timestamp`,
  );
  return db.prepare(
    `SELECT run_uuid, r.name AS name, e.name AS experiment, status,
       start_time, end_time
     FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id
     WHERE r.lifecycle_stage = 'active' AND e.lifecycle_stage = 'active'
     ORDER BY start_time, run_uuid`,
  ).all().map((row) => {
    const id = `${row["run_uuid"]}`;
    return foreignRunOf({
      id,
      experiment: `${row["experiment"]}`,
      name: row["name"] === null ? null : `${row["name"]}`,
      where: `run ${id} in ${path}`,
      status: `${row["status"]}`,
      beganMs: row["start_time"] as number | null,
      endedMs: row["end_time"] as number | null,
      params: params(id),
      tags: tags(id),
      series: seriesOf(metrics(id)),
    });
  });
}

function seriesOf(
  rows: readonly Record<string, unknown>[],
): readonly ForeignSeries[] {
  const byName = Map.groupBy(rows, ({ key }) => `${key}`);
  return [...byName].map(([name, rows]) => ({
    name,
    points: rows.map(({ step, value, is_nan }) =>
      [step as number, is_nan ? NaN : unbounded(value as number)] as const
    ),
  }));
}

/** MLflow keeps infinities as the largest doubles. */
function unbounded(value: number): number {
  return Math.abs(value) >= 1.7976931348623157e308
    ? Math.sign(value) * Infinity
    : value;
}
