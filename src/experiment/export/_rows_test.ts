import { deepStrictEqual, throws } from "node:assert/strict";
import { openRecords, type Records } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { testFolder } from "@test/folder.ts";
import { linesOf, rowsOf, type RowsOptions } from "./_rows.ts";

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
  return {
    columns: rows.columns,
    rows: blocks.flatMap((block) =>
      block[0]!.map((_, i) => block.map((cells) => cells[i]!))
    ),
  };
}

/** The kind of a column of options, and its cells. */
function optionOf(values: readonly unknown[], name = "train.batch") {
  const { columns, rows } = tableOf(
    values.map((batch) => ({ batch })),
    { columns: [name] },
  );
  const at = columns.findIndex(({ key }) => key === name);
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

Deno.test("rowsOf() puts several values of an option together, in text", () => {
  const lists = [["a", "b"], ["c"], []]
    .map((types) => types.map((type) => ({ type })));
  deepStrictEqual(
    optionOf(lists, "train.batch.type"),
    ["text", ["a, b", "c", null]],
  );
});

Deno.test("rowsOf() leaves a number empty that other runs have, and finds archived runs", () => {
  using folder = testFolder();
  using records = openRecords(folder.path("results"));
  const ids = [0.5, undefined].map((value) => {
    using recorder = records.startRun(newRun());
    const point = { split: "validation", name: "ap", step: 1 } as const;
    if (value !== undefined) recorder.metric({ ...point, value });
    recorder.finish("finished");
    return recorder.run.id;
  });
  const { runs: all } = records.collection.select({});
  records.collection.mark(all, { archivedAt: "2026-01-01T00:00:00.000Z" });
  const runs = ids.map((id) => records.run(id));
  const rows = rowsOf({ runs, records }, { rows: "runs", columns: [] });
  const [block] = [...rows.blocks()];
  const at = rows.columns.findIndex(({ key }) => key === "validation/ap");
  deepStrictEqual(block![at], [0.5, null]);
});

Deno.test("rowsOf() gives every sample once, however many there are", () => {
  using folder = testFolder();
  using records = openRecords(folder.path("results"));
  using recorder = records.startRun(newRun());
  const numbers = Array.from({ length: 2001 }, (_, index) => index);
  const sha256 = "ab".repeat(32);
  recorder.samples(
    numbers.map((index) => ({ index, step: 1, sha256, drawn: null })),
  );
  recorder.finish("finished");
  const request = { runs: [records.run(recorder.run.id)], records };
  const { blocks } = rowsOf(request, { rows: "samples", columns: [] });
  deepStrictEqual([...blocks()].flatMap(([, index]) => index), numbers);
});

Deno.test("rowsOf() refuses a column that no run has", () => {
  throws(() => tableOf([{}], { columns: ["train.none"] }), /train\.none/);
});

Deno.test("linesOf() has a text for each block, made of its rows", () => {
  const lines = (...blocks: (readonly (string | number)[])[][]) => [
    ...linesOf({ blocks: () => blocks }, (row) => `${row.join()};`),
  ];
  deepStrictEqual(lines([[1, 2], ["a", "b"]], [[3], ["c"]]), [
    ...["1,a;2,b;", "3,c;"],
  ]);
  deepStrictEqual(lines([[]], [[1, 2]]), ["", "1;2;"]);
});
