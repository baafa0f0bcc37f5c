import { choice } from "@/core/mod.ts";
import {
  type Cell,
  type Named,
  type Records,
  type RunColumn,
  runColumns,
  type RunSummary,
} from "@/record/mod.ts";
import * as z from "zod";
import type { ExportRequest } from "./_format.ts";

/** What a column holds besides null. */
export type RowKind = "text" | "number" | "integer" | "boolean";

/** A column of a table. */
export interface RowColumn {
  /** What it is called. */
  readonly key: string;
  /** What it holds. */
  readonly kind: RowKind;
}

/** What a cell holds; NaN and the infinities are numbers. */
export type RowCell = string | number | boolean | null;

/** A table that is too large to be in memory as a whole. */
export interface Rows {
  /** Its columns. */
  readonly columns: readonly RowColumn[];
  /** Its rows in blocks, by columns: the cells of each. */
  blocks(): Iterable<readonly (readonly RowCell[])[]>;
}

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

/** A row for each run: its columns, what is asked for, and its last numbers. */
function runRows(
  { runs, records }: Pick<ExportRequest, "runs" | "records">,
  names: readonly string[],
): Rows {
  const { summaries, values } = summariesOf(records, runs);
  const axes = new Set(
    summaries.flatMap(({ variant }) => Object.keys(variant ?? {})),
  );
  const last = summaries.map((run) => records.collection.lastMetrics(run));
  const series = [...new Set(last.flatMap(Object.keys))].toSorted();
  const asked = [...[...axes].map((axis) => `variant.${axis}`), ...names].map(
    (name) => ({
      key: name,
      cells: cellsOf(values.find(name, `columns ${name}`), summaries),
    }),
  );
  const ofNumbers = series.map((key) => ({
    key,
    cells: last.map((numbers) => numbers[key] ?? null),
  }));
  const usual = runColumns.map((column) => ({
    key: column.key,
    cells: summaries.map((run) => plainCell(column.of(run))),
    kind: kindOf(column),
  }));
  const all = [
    ...usual,
    ...asked.map((one) => ({ ...one, kind: kindOfCells(one.cells) })),
    ...ofNumbers.map((one) => ({ ...one, kind: "number" as const })),
  ];
  return {
    columns: all.map(({ key, kind }) => ({ key, kind })),
    blocks: () => [all.map(({ cells }) => cells)],
  };
}

function kindOf({ isNumber, words }: RunColumn): RowKind {
  if (isNumber) return "number";
  return words?.includes("true") ? "boolean" : "text";
}

/** Options of plans are of any kind: text, unless all are of another one. */
function kindOfCells(cells: readonly RowCell[]): RowKind {
  const kinds = new Set(
    cells.filter((cell) => cell !== null).map((cell) => typeof cell),
  );
  if (kinds.size !== 1) return "text";
  if (kinds.has("number")) return "number";
  return kinds.has("boolean") ? "boolean" : "text";
}

function cellsOf(named: Named, runs: readonly RunSummary[]): RowCell[] {
  const cells = runs.map((run) => {
    const values = named.of(run).map(plainValue);
    return values.length <= 1 ? values[0] ?? null : values.join(", ");
  });
  return kindOfCells(cells) === "text"
    ? cells.map((cell) => cell === null ? null : `${cell}`)
    : cells;
}

function plainCell(cell: Cell): RowCell {
  if (cell === null || !Array.isArray(cell)) return cell as RowCell;
  return cell.length === 0 ? null : cell.join(", ");
}

/** A component is told by its type, what else is made of parts as JSON. */
function plainValue(value: unknown): string | number | boolean {
  if (typeof value === "object" && value !== null) {
    const { type } = value as { readonly type?: unknown };
    return typeof type === "string" ? type : JSON.stringify(value);
  }
  return value as string | number | boolean;
}

/** The runs in their order, in brief, and what names mean of them. */
export function summariesOf(
  records: Records,
  runs: ExportRequest["runs"],
): {
  readonly summaries: readonly RunSummary[];
  readonly values: ReturnType<Records["collection"]["select"]>["values"];
} {
  const among = new Set(runs.map(({ id }) => id));
  const { runs: found, values } = records.collection.select({
    among,
    archived: true,
  });
  const byId = new Map(found.map((run) => [run.id, run]));
  return { summaries: runs.map(({ id }) => byId.get(id)!), values };
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
