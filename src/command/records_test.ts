import { deepStrictEqual, match, ok } from "node:assert";
import { join } from "node:path";
import { type NewRun, openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

/** Records a run with two validations and gives its id. */
function record(folder: string, changes: Partial<NewRun> = {}): string {
  using records = openRecords(join(folder, "results"));
  using recorder = records.startRun(newRun({
    file: "mixloss.yaml",
    overrides: ["seed=7"],
    plan: '{"format":1,"spec":{"name":"mixloss","seed":7}}',
    inputs: [],
    ranking: { name: "ap", better: "higher" },
    ...changes,
  }));
  const point = (step: number, value: number) =>
    recorder.metric({ split: "validation", name: "ap", step, value });
  point(10, 0.25);
  point(20, 0.5);
  recorder.log("info", "all went well");
  recorder.finish("finished");
  return recorder.run.id;
}

testInFolder("list shows every run, as text and as JSON", async (folder) => {
  const id = record(folder);
  const text = await say(folder, "list");
  match(text.out, new RegExp(`${id} +mixloss +finished +7 .* 0\\.500 +–`));
  const { out } = await say(folder, "list", "--json");
  deepStrictEqual(JSON.parse(out), [{
    id,
    experiment: "mixloss",
    state: "finished",
    seed: 7,
    metrics: { "validation/ap": 0.5 },
  }]);
});

testInFolder(
  "list shows what ranks the runs, then the foremost",
  async (folder) => {
    const headOf = async () =>
      (await say(folder, "list")).out.split("\n")[0]!.split(/ +/).slice(5);
    record(folder, { ranking: { name: "score", better: "lower" } });
    deepStrictEqual(await headOf(), ["score", "ap"]);
    record(folder);
    deepStrictEqual(await headOf(), ["score", "ap"]);
    record(folder, { ranking: { name: "found", better: "higher" } });
    deepStrictEqual(await headOf(), ["score", "ap", "found"]);
  },
);

testInFolder("show tells a run whole", async (folder) => {
  const id = record(folder);
  const { out } = await say(folder, "show", id.slice(0, -1));
  match(out, /overrides +seed=7/);
  match(out, /notice +no GPU found/);
  match(out, /validation\/ap +0\.500/);
  match(out, /info +all went well/);
  const json = JSON.parse((await say(folder, "show", "last", "--json")).out);
  assertEquals(json.id, id);
  deepStrictEqual(json.metrics, { "validation/ap": [[10, 0.25], [20, 0.5]] });
});

testInFolder(
  "show names the nearest run for a misspelt one",
  async (folder) => {
    const id = record(folder);
    const { code, err } = await say(folder, "show", `${id}x`);
    assertEquals(code, 2);
    match(err, new RegExp(`Did you mean "${id}"`));
  },
);

testInFolder(
  "compare sets runs beside each other and writes a page",
  async (folder) => {
    const ids = [record(folder), record(folder, { seed: 8 })];
    const { out } = await say(folder, "compare", ...ids);
    match(out, new RegExp(`last value +${ids[0]} +${ids[1]}\n`));
    match(out, /validation\/ap +0\.500 +0\.500/);
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

testInFolder("report writes a page about some runs or all", async (folder) => {
  const ids = [record(folder), record(folder, { experiment: "other" })];
  const all = await say(folder, "report");
  assertEquals(all.code, 0, all.err);
  const path = join(folder, "results", "reports", "all-runs.html");
  assertEquals(all.out, `Report: ${path}`);
  const page = Deno.readTextFileSync(path);
  for (const id of ids) ok(page.includes(id), `${id} is not on the page`);
  await say(folder, "report", "--experiment", "other", "--output", "o.html");
  const some = Deno.readTextFileSync(join(folder, "o.html"));
  ok(some.includes(ids[1]!) && !some.includes(ids[0]!));
});
