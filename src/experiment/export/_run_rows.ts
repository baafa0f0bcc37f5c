import {
  type Cell,
  type Named,
  type Records,
  type RunColumn,
  runColumns,
  type RunSummary,
} from "@/record/mod.ts";
import type { ExportRequest } from "./_format.ts";
import type { RowCell, RowKind, Rows } from "./_row.ts";

/**
 * A row for each run: its columns, what is asked for, and its last numbers.
 *
 * @throws {ExperimentError} For a column that no run has.
 */
export function runRows(
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
function summariesOf(
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
