import { jsonNumber } from "@/record/mod.ts";
import { defineExportFormat } from "./_format.ts";
import type { RowCell } from "./_row.ts";
import { linesOf, rowsOf, rowsOptions } from "./_rows.ts";
import { textFile } from "./_text_file.ts";

/**
 * A table as JSON lines: an object for each row. Numbers that JSON has not are
 * texts: "NaN", "Infinity" and "-Infinity", as in `list --json`.
 */
export const jsonLines = defineExportFormat({
  name: "jsonLines",
  summary: "A table of runs, numbers or samples as lines of JSON",
  options: rowsOptions,
  create: (options) =>
    textFile([".jsonl", ".ndjson"], (request) => {
      const rows = rowsOf(request, options);
      return linesOf(rows, (row) => {
        const cells = rows.columns.map(({ key }, i) => [key, inJson(row[i]!)]);
        return `${JSON.stringify(Object.fromEntries(cells))}\n`;
      });
    }),
});

function inJson(cell: RowCell): RowCell {
  return typeof cell === "number" ? jsonNumber(cell) : cell;
}
