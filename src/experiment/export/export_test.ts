import { deepStrictEqual, throws } from "node:assert/strict";
import { readExportFormat } from "./mod.ts";

Deno.test("readExportFormat() takes a name, or an entry with options", () => {
  const csv = { type: "csv", rows: "runs", columns: [] };
  deepStrictEqual(readExportFormat("csv"), csv);
  deepStrictEqual(
    readExportFormat("{ type: csv, rows: samples }"),
    { ...csv, rows: "samples" },
  );
  throws(() => readExportFormat("cvs"), /--format[^]*csv/);
});
