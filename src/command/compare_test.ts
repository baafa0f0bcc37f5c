import { deepStrictEqual, match, ok } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { record, recordMatrix, recordScores } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "compare sets runs beside each other and writes a page",
  async (folder) => {
    const ids = [record(folder), record(folder, { seed: 8 })];
    const { out } = await say(folder, "compare", ...ids);
    match(out, /\n\nReport: file:\/\/.*\/reports\/compare-\w{12}\.html$/);
    match(out, new RegExp(`last value +${ids[0]} +${ids[1]}\n`));
    match(out, /Validation AP, last +0\.500 +0\.500/);
    const words = ["compare", ...ids, "--json", "--output", "page.html"];
    const json = JSON.parse((await say(folder, ...words)).out);
    assertEquals(json.path, join(folder, "page.html"));
    deepStrictEqual(json.runs, ids);
    deepStrictEqual(json.metrics, { "validation/ap": [0.5, 0.5] });
    match(Deno.readTextFileSync(json.path), /^<!doctype html>/);
  },
);

testInFolder("compare wants two runs", async (folder) => {
  const { code, err } = await say(folder, "compare", record(folder));
  assertEquals(code, 2);
  match(err, /Name two runs or more/);
});

testInFolder("compare refuses a run beside itself", async (folder) => {
  const id = record(folder);
  for (const names of [["last", "last"], [id, "mixloss"], ["last", id, id]]) {
    const { code, err } = await say(folder, "compare", ...names);
    assertEquals(code, 2);
    match(err, new RegExp(`Cannot compare ${id} with itself`));
    match(err, new RegExp(`at {3}compare ${names.join(" ")}`));
  }
});

testInFolder("compare and report take runs by every name", async (folder) => {
  const [a, b] = [record(folder), record(folder, { experiment: "other" })];
  const words = ["compare", "mixloss", "other@best", "last", "--json"];
  const { runs } = JSON.parse((await say(folder, ...words)).out);
  deepStrictEqual(runs, [a, b]);
  await say(folder, "report", "mixloss", a, "--output", "o.html");
  const page = Deno.readTextFileSync(join(folder, "o.html"));
  ok(page.includes(a) && !page.includes(b));
});

testInFolder(
  "compare, report and export take runs by a condition",
  async (folder) => {
    const [a, b, c] = [1, 2, 3].map((seed) => record(folder, { seed }));
    const where = ["--where", "seed < 3"];
    const { out } = await say(folder, "compare", ...where, "--json");
    deepStrictEqual(JSON.parse(out).runs, [a, b]);
    const { out: some } = await say(
      folder,
      "compare",
      c!,
      b!,
      a!,
      ...where,
      "--json",
    );
    deepStrictEqual(JSON.parse(some).runs, [b, a]);
    await say(folder, "report", ...where, "--output", "o.html");
    const page = Deno.readTextFileSync(join(folder, "o.html"));
    ok(page.includes(a!) && !page.includes(c!));
    await say(
      folder,
      "export",
      ...where,
      "--format",
      "csv",
      "--output",
      "o.csv",
    );
    const csv = Deno.readTextFileSync(join(folder, "o.csv"));
    ok(csv.includes(a!) && !csv.includes(c!));
    const none = ["--where", "seed > 3"];
    for (
      const words of [["compare"], ["report"], [
        "export",
        "--format",
        "csv",
        "--output",
        "p.csv",
      ]]
    ) {
      const { code, err } = await say(folder, ...words, ...none);
      assertEquals(code, 2);
      match(err, /none (of the runs meets|is meant)/);
    }
  },
);

testInFolder(
  "compare shows a dash where a run has no such number",
  async (folder) => {
    const a = recordScores(folder, { scores: { "validation/ap": [0.5] } });
    const b = recordScores(folder, { scores: { "validation/dice": [NaN] } });
    const { code, out } = await say(folder, "compare", a, b);
    assertEquals(code, 0);
    match(out, /^Validation AP, last +0\.500 +–$/m);
    match(out, /^Validation Dice, last +– +–$/m);
    const asJson = await say(folder, "compare", a, b, "--json");
    assertEquals(asJson.code, 0);
    const json = JSON.parse(asJson.out);
    deepStrictEqual(json.metrics, {
      "validation/ap": [0.5, null],
      "validation/dice": [null, "NaN"],
    });
  },
);

testInFolder(
  "compare puts pages of other runs beside each other",
  async (folder) => {
    const [a, b] = [record(folder), record(folder)];
    const path = async (...ids: string[]) =>
      JSON.parse((await say(folder, "compare", ...ids, "--json")).out).path;
    const first = await path(a, b);
    match(first, /results\/reports\/compare-[0-9a-f]{12}\.html$/);
    assertEquals(await path(a, b), first);
    assertEquals(await path(b, a) === first, false);
  },
);

testInFolder(
  "compare sets the variants of a matrix beside each other",
  async (folder) => {
    const axes = [
      { name: "loss", values: ["bce", "dice"] },
      { name: "seed", values: ["1", "2"] },
    ];
    const ids = recordMatrix(folder, {
      axes,
      apOf: ({ loss, seed }) =>
        (loss === "dice" ? 0.5 : 0.25) + Number(seed) / 100,
    });
    const { out, code } = await say(folder, "compare", "table");
    assertEquals(code, 0);
    match(out, /^loss +seeds +Validation AP$/m);
    match(out, /^bce +2 +0\.265 ± 0\.00707$/m);
    match(out, /^loss: dice − bce +– +\+0\.250 \[\+0\.250, \+0\.250\]$/m);
    match(out, /reports\/table\.html$/);
    const json = JSON.parse(
      (await say(folder, "compare", "table", "--json")).out,
    );
    assertEquals(json.name, "table");
    assertEquals(json.variants.length, 2);
    match(json.path, /reports\/table\.html$/);
    // Two names are runs, though one is a matrix.
    const both = await say(folder, "compare", "table", ids[0]!);
    match(both.out, /^last value/);
  },
);
