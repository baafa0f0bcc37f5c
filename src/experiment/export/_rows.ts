import { choice } from "@/core/mod.ts";
import * as z from "zod";
import type { ExportRequest } from "./_format.ts";
import type { RowCell, Rows } from "./_row.ts";
import { runRows } from "./_run_rows.ts";

/** The options of formats that write tables. */
export const rowsOptions = {
  rows: choice(
    ["runs", "points", "samples"],
    "runs",
    "a row for each run, for each number at each step, or for each sample seen",
  ),
  columns: z.array(z.string()).readonly().default([]).describe(
    "of runs, more columns by the names that list takes, such as train.batch",
  ),
};

/** Which rows, and which columns besides the usual ones. */
export interface RowsOptions {
  readonly rows: "runs" | "points" | "samples";
  readonly columns: readonly string[];
}

type Source = (request: Pick<ExportRequest, "runs" | "records">) => Rows;

/**
 * The table that options ask for.
 *
 * @throws {ExperimentError} For a column that no run has.
 */
export function rowsOf(
  request: Pick<ExportRequest, "runs" | "records">,
  { rows, columns }: RowsOptions,
): Rows {
  const sources: Readonly<Record<RowsOptions["rows"], Source>> = {
    runs: (given) => runRows(given, columns),
    points,
    samples,
  };
  return sources[rows](request);
}

/** A text for each block: what `line` makes of its rows, by the columns' order. */
export function* linesOf(
  { blocks }: Pick<Rows, "blocks">,
  line: (row: readonly RowCell[]) => string,
): Iterable<string> {
  for (const block of blocks()) {
    yield block[0]!.map((_, i) => line(block.map((cells) => cells[i]!)))
      .join("");
  }
}

const points: Source = ({ runs, records }) => ({
  columns: [
    { key: "run", kind: "text" },
    { key: "split", kind: "text" },
    { key: "name", kind: "text" },
    { key: "step", kind: "integer" },
    { key: "value", kind: "number" },
  ],
  *blocks() {
    for (const { id } of runs) {
      for (const { split, name, steps, values } of records.metricSeries(id)) {
        const same = <T>(value: T) => steps.map(() => value);
        yield [same(id), same(split), same(name), steps, values];
      }
    }
  },
});

/** Samples of a run that are read, and written, at once. */
const samplesAtOnce = 1000;

const samples: Source = ({ runs, records }) => ({
  columns: [
    { key: "run", kind: "text" },
    { key: "number", kind: "integer" },
    { key: "step", kind: "integer" },
    { key: "sha256", kind: "text" },
    { key: "drawn", kind: "text" },
  ],
  *blocks() {
    for (const { id } of runs) {
      for (let from = 0;;) {
        const some = records.samples(id, { from, count: samplesAtOnce });
        if (some.length === 0) break;
        yield [
          some.map(() => id),
          some.map(({ index }) => index),
          some.map(({ step }) => step),
          some.map(({ sha256 }) => sha256),
          some.map(({ drawn }) => drawn),
        ];
        from = some.at(-1)!.index + 1;
      }
    }
  },
});
