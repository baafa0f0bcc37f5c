import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { assertEquals } from "@test/helpers.ts";
import { describeRecords, describeSaved } from "./_check_records.ts";
import { record } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

const checked = {
  path: "/r/runs.sqlite",
  format: 3,
  runs: ["a", "b"],
  artifacts: 4,
  bytes: 1.55 * 2 ** 20,
  faults: [],
  leftovers: [],
};

const lines = (text: string) =>
  text.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | "));

Deno.test("describeRecords() says what there is, and that it is sound", () => {
  deepStrictEqual(lines(describeRecords(checked)), [
    "records | /r/runs.sqlite",
    "runs | 2",
    "artifacts | 4, 1.6 MiB",
    "found | sound",
  ]);
});

Deno.test("describeRecords() lists faults and leftovers, twenty of each", () => {
  const fault = (i: number) => ({ where: `run ${i}`, what: "is gone" });
  const faults = Array.from({ length: 21 }, (_, i) => fault(i));
  const leftovers = [{ path: "objects/ab", bytes: 2 ** 20 }];
  const text = lines(describeRecords({ ...checked, faults, leftovers }));
  deepStrictEqual(text.slice(3, 8), [
    "found | DAMAGED",
    "",
    "Damaged",
    "run 0 | is gone",
    "run 1 | is gone",
  ]);
  deepStrictEqual(text.slice(-6), [
    "run 18 | is gone",
    "run 19 | is gone",
    "and 1 more; --json tells all",
    "",
    "Left over, needed by no run",
    "objects/ab | 1.0 MiB",
  ]);
  const twenty = describeRecords({ ...checked, faults: faults.slice(1) });
  assertEquals(twenty.includes(" more"), false);
});

const saved = {
  path: "/s/saved.sqlite",
  runs: ["a"],
  tables: [
    { name: "runs", rows: 3, refused: 0, isWhole: true },
    { name: "log", rows: 5, refused: 2, isWhole: false },
  ],
  replaced: [],
};

Deno.test("describeSaved() says what was saved, and how to use it", () => {
  deepStrictEqual(
    lines(describeSaved(saved, { isLossy: false, folder: "/r" })),
    [
      "Saved 1 run to /s/saved.sqlite, all of it",
      "Use it in place of the other, once that is moved away: " +
      "mv /s/saved.sqlite /r/runs.sqlite",
    ],
  );
  const lossy = {
    ...saved,
    path: "/s/runs.sqlite",
    runs: ["a", "b"],
    replaced: ["x", "y"],
  };
  deepStrictEqual(
    lines(describeSaved(lossy, { isLossy: true, folder: "/r" })),
    [
      "Saved 2 runs to /s/runs.sqlite; parts may be missing:",
      "runs | 3 rows",
      "log | 5 rows | 2 refused | more may be lost",
      "Lost values: x, y",
      "Look at it by: deno task list --results /s",
    ],
  );
});

testInFolder(
  "checkOfRecords() finds sound records sound, and saves a copy",
  async (folder) => {
    const words = ["doctor", "--records"];
    const none = await say(folder, ...words);
    match(none.out, /^No runs in .*results yet$/);
    assertEquals((await say(folder, ...words, "--json")).out, "null");
    const id = record(folder);
    const { code, out } = await say(folder, ...words);
    assertEquals(code, 0);
    match(out, /^runs +1$/m);
    match(out, /^found +sound$/m);
    assertEquals(out.includes("Save what can be read"), false);
    const copy = await say(folder, ...words, "--output", "copy.sqlite");
    match(copy.out, /\n\nSaved 1 run to .*copy\.sqlite, all of it\n/);
    const json = JSON.parse((await say(folder, ...words, "--json")).out);
    deepStrictEqual([json.runs, json.saved], [[id], null]);
  },
);

testInFolder(
  "checkOfRecords() says of damage how to save the rest",
  async (folder) => {
    record(folder);
    using database = new DatabaseSync(join(folder, "results", "runs.sqlite"));
    database.exec(
      "PRAGMA foreign_keys = OFF; DELETE FROM run",
    );
    const { code, out } = await say(folder, "doctor", "--records");
    assertEquals(code, 1);
    match(out, /^found +DAMAGED$/m);
    match(
      out,
      /\n\nSave what can be read, to a new file: deno task doctor --records --output/,
    );
    const given = ["doctor", "--records", "--results", "results"];
    match(
      (await say(folder, ...given)).out,
      / --records --results results --out/,
    );
  },
);
