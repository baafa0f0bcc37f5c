import { deepStrictEqual } from "node:assert/strict";
import { csv } from "./csv.ts";
import { exported, hostile } from "./_testing.ts";

/** The cells of a file as RFC 4180 says. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/y;
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    rows.at(-1)!.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
    if (found[3] === "\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

Deno.test("csv has a line for each run, with options, marks and last numbers", () =>
  exported(
    csv.create({ rows: "runs", columns: ["train.batch"] }),
    (path, ids) => {
      const [heading, ...rows] = cellsOf(Deno.readTextFileSync(path));
      const column = (key: string) =>
        rows.map((row) => row[heading!.indexOf(key)]);
      deepStrictEqual(column("run"), ids);
      deepStrictEqual(column("tag"), [hostile, "", ""]);
      deepStrictEqual(column("variant.loss"), ["dice_x", "dice_x", ""]);
      deepStrictEqual(column("train.batch"), ["2", "4", "6"]);
      deepStrictEqual(column("validation/ap"), ["0.25", "0.5", "0.75"]);
      deepStrictEqual(column("train/loss"), ["NaN", "Infinity", "-0"]);
      deepStrictEqual(column("archived"), ["false", "false", "false"]);
    },
  ));

Deno.test("csv has a line for each number, and for each sample", async () => {
  await exported(csv.create({ rows: "points", columns: [] }), (path, ids) => {
    const rows = cellsOf(Deno.readTextFileSync(path));
    deepStrictEqual(rows.slice(0, 4), [
      ["run", "split", "name", "step", "value"],
      [ids[0], "train", "loss", "1", "NaN"],
      [ids[0], "validation", "ap", "1", "0.125"],
      [ids[0], "validation", "ap", "2", "0.25"],
    ]);
    deepStrictEqual(rows.length, 10);
  });
  await exported(csv.create({ rows: "samples", columns: [] }), (path, ids) => {
    deepStrictEqual(cellsOf(Deno.readTextFileSync(path)).slice(0, 3), [
      ["run", "number", "step", "sha256", "drawn"],
      [ids[0], "7", "1", "ab".repeat(32), '{"p":1}'],
      [ids[0], "9", "2", "cd".repeat(32), ""],
    ]);
  });
});
