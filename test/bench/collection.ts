/**
 * A collection of runs for measurements: many runs with long curves in one
 * database, made quickly.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { fillCurves } from "@/record/_curves.ts";
import { newRun } from "@/record/_testing.ts";

/** What a collection consists of. */
export interface CollectionSize {
  readonly runs: number;
  readonly steps: number;
}

/** The six numbers of each run. */
const series = [
  ...["train/loss", "train/loss.bce", "train/loss.dice", "train/learningRate"],
  ...["validation/ap", "validation/dice"],
];

/**
 * Records runs with six numbers at each step. The rows of curves are written by
 * SQLite itself, as this is not what is measured: every run has the first one's
 * numbers, changed by its own.
 */
export function makeCollection(
  folder: string,
  { runs, steps }: CollectionSize,
): void {
  using records = openRecords(folder);
  for (let run = 0; run < runs; run++) {
    using recorder = records.startRun(newRun({
      experiment: `experiment${run % 20}`,
      seed: run,
      plan: planOf(run, steps),
      planHash: `${run}`.padStart(64, "0"),
      ranking: { name: "ap", better: "higher" },
      tags: run % 10 === 0 ? ["paper"] : [],
    }));
    if (run === 0) {
      recorder.metrics(series.map((key) => {
        const [split, name] = key.split("/") as ["train", string];
        return { split, name, step: 1, value: 1 };
      }));
    }
    recorder.finish("finished");
  }
  using db = new DatabaseSync(join(folder, "runs.sqlite"));
  db.exec(
    `PRAGMA synchronous = OFF; DELETE FROM metric; DELETE FROM last_metric;
    INSERT INTO metric (run, series, step, value)
      WITH RECURSIVE steps (step) AS (
        SELECT 1 UNION ALL SELECT step + 1 FROM steps WHERE step < ${steps})
      SELECT 1, id, step, 100.0 / (100 + step)
        + (step * 7 + id * 131) % 1000 / 2000.0
      FROM series CROSS JOIN steps ORDER BY id, step;`,
  );
  const copy = db.prepare(
    `INSERT INTO metric (run, series, step, value)
     SELECT ?, series, step, value * ? FROM metric WHERE run = 1`,
  );
  for (let run = 2; run <= runs; run++) copy.run(run, 0.5 + run / runs);
  db.exec(`INSERT INTO last_metric (run, series, step, value)
    SELECT m.run, m.series, m.step, m.value FROM run r CROSS JOIN series s
    JOIN metric m ON m.run = r.number AND m.series = s.id AND m.step = ${steps};`);
  fillCurves(db);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

/** A plan of the usual size, with what conditions ask for. */
function planOf(run: number, steps: number): string {
  return JSON.stringify({
    format: 1,
    spec: {
      name: `experiment${run % 20}`,
      seed: run,
      augment: [
        { type: "simple", p: 1 },
        ...run % 2 === 0 ? [{ type: "elastic", p: 0.5 }] : [],
      ],
      train: { batch: 2 + run % 3 },
      filler: Array.from(
        { length: 200 },
        (_, i) => ({ type: "filler", i, run }),
      ),
    },
    steps: { total: steps, save: 100, validate: 100 },
  });
}
