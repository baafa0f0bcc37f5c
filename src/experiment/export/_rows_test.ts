import { deepStrictEqual, throws } from "node:assert/strict";
import { openRecords, type Records } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { testFolder } from "@test/folder.ts";
import { rowsIn, rowsOf, type RowsOptions } from "./_rows.ts";

/** The table of runs whose options of training are these. */
function tableOf(
  trains: readonly object[],
  options: Partial<RowsOptions> = {},
  record: (records: Records) => void = () => {},
) {
  using folder = testFolder();
  using records = openRecords(folder.path("results"));
  const runs = trains.map((train) => {
    using recorder = records.startRun(
      newRun({ plan: JSON.stringify({ spec: { train } }) }),
    );
    recorder.finish("finished");
    return records.run(recorder.run.id);
  });
  record(records);
  const rows = rowsOf({ runs, records }, {
    ...{ rows: "runs", columns: [] },
    ...options,
  });
  const blocks = [...rows.blocks()];
  return { columns: rows.columns, rows: blocks.flatMap((b) => [...rowsIn(b)]) };
}

/** The kind of a column of options, and its cells. */
function optionOf(values: readonly unknown[]) {
  const { columns, rows } = tableOf(
    values.map((batch) => ({ batch })),
    { columns: ["train.batch"] },
  );
  const at = columns.findIndex(({ key }) => key === "train.batch");
  return [columns[at]!.kind, rows.map((row) => row[at])];
}

Deno.test("rowsOf() gives options as what they are, and as text where they differ in kind", () => {
  deepStrictEqual(optionOf([2, 0, 4]), ["number", [2, 0, 4]]);
  deepStrictEqual(optionOf([true, false]), ["boolean", [true, false]]);
  deepStrictEqual(optionOf(["a", "b"]), ["text", ["a", "b"]]);
  deepStrictEqual(optionOf([2, "a"]), ["text", ["2", "a"]]);
  deepStrictEqual(optionOf([2, true]), ["text", ["2", "true"]]);
});

Deno.test("rowsOf() leaves cells empty where a run has no such option", () => {
  deepStrictEqual(optionOf([undefined, 3]), ["number", [null, 3]]);
  deepStrictEqual(optionOf([undefined, "a"]), ["text", [null, "a"]]);
});

Deno.test("rowsOf() tells a component by its type, and other objects as JSON", () => {
  deepStrictEqual(optionOf([{ type: "adam", rate: 1 }]), ["text", ["adam"]]);
  deepStrictEqual(optionOf([{ type: 3 }]), ["text", ['{"type":3}']]);
});

Deno.test("rowsOf() refuses a column that no run has", () => {
  throws(() => tableOf([{}], { columns: ["train.none"] }), /train\.none/);
});

Deno.test("rowsIn() turns columns into rows, none of none", () => {
  deepStrictEqual([...rowsIn([[1, 2], ["a", null]])], [[1, "a"], [2, null]]);
  deepStrictEqual([...rowsIn([])], []);
});
