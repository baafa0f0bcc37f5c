import { deepStrictEqual } from "node:assert/strict";
import { exported, hostile } from "./_testing.ts";
import { jsonLines } from "./json_lines.ts";

Deno.test("jsonLines has an object on each line, numbers that JSON lacks as texts", () =>
  exported(jsonLines.create({ rows: "runs", columns: [] }), (path, ids) => {
    const runs = Deno.readTextFileSync(path).trimEnd().split("\n")
      .map((line) => JSON.parse(line));
    deepStrictEqual(runs.map(({ run }) => run), ids);
    deepStrictEqual(runs.map(({ tag }) => tag), [hostile, null, null]);
    deepStrictEqual(runs.map((run) => run["train/loss"]), [
      ...["NaN", "Infinity", 0],
    ]);
    deepStrictEqual(runs.map((run) => run["validation/ap"]), [0.25, 0.5, 0.75]);
  }));
