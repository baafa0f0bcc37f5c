import { defineExportFormat } from "./_format.ts";
import type { RowCell } from "./_row.ts";
import { linesOf, rowsOf, rowsOptions } from "./_rows.ts";
import { textFile } from "./_text_file.ts";

/**
 * A table as comma-separated values (RFC 4180, lines ended by LF, UTF-8), with
 * the names of its columns in the first line. What a run does not have is empty;
 * NaN and the infinities are words, which pandas, R and polars read.
 */
export const csv = defineExportFormat({
  name: "csv",
  summary: "A table of runs, numbers or samples as comma-separated values",
  options: rowsOptions,
  create: (options) =>
    textFile([".csv"], function* (request) {
      const rows = rowsOf(request, options);
      yield line(rows.columns.map(({ key }) => key));
      yield* linesOf(rows, line);
    }),
});

function line(cells: readonly RowCell[]): string {
  return `${cells.map(quoted).join(",")}\n`;
}

function quoted(cell: RowCell): string {
  const text = Object.is(cell, -0) ? "-0" : `${cell ?? ""}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
