import { deepStrictEqual, match, ok, throws } from "node:assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
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

testInFolder(
  "list, show and compare tell numbers that are none from 0",
  async (folder) => {
    const values: Readonly<Record<string, number>> = {
      ap: NaN,
      "best.ap": NaN,
      dice: NaN,
      "best.dice": NaN,
      score: Infinity,
      found: -Infinity,
    };
    const ids = [1, 2].map((seed) => {
      using records = openRecords(join(folder, "results"));
      using recorder = records.startRun(newRun({
        seed,
        ranking: { name: "ap", better: "higher" },
      }));
      for (const [name, value] of Object.entries(values)) {
        recorder.metric({ split: "validation", name, step: 1, value });
      }
      recorder.finish("finished");
      return recorder.run.id;
    });
    const { out: listed } = await say(folder, "list");
    deepStrictEqual(
      listed.split("\n").map((row) => row.split(/ {2,}/).slice(5)),
      [["ap", "dice"], ["–", "–"], ["–", "–"]],
    );
    const [brief] = JSON.parse((await say(folder, "list", "--json")).out);
    for (const [name, value] of Object.entries(values)) {
      assertEquals(brief.metrics[`validation/${name}`], `${value}`);
      const shown = Number.isNaN(value) ? "–" : `${value}`;
      const row = `^validation/${name} +${shown}`;
      match(
        (await say(folder, "show", ids[0]!)).out,
        new RegExp(`${row}$`, "m"),
      );
      match(
        (await say(folder, "compare", ...ids)).out,
        new RegExp(`${row} +${shown}$`, "m"),
      );
    }
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
    match(out, /\n\nReport: file:\/\/.*\/reports\/compare-\w{12}\.html$/);
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
  const path = join(folder, "results", "reports", "runs.html");
  assertEquals(all.out, `Report: ${pathToFileURL(path)}`);
  const page = Deno.readTextFileSync(path);
  for (const id of ids) ok(page.includes(id), `${id} is not on the page`);
  const one = await say(folder, "report", "mixloss@best");
  match(one.out, /^Report: file:\/\/.*\/reports\/runs-mixloss-best\.html$/);
  await say(folder, "report", "--experiment", "other", "--output", "o.html");
  const some = Deno.readTextFileSync(join(folder, "o.html"));
  ok(some.includes(ids[1]!) && !some.includes(ids[0]!));
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

testInFolder("report refuses a page about no run", async (folder) => {
  const refused = async (...words: string[]) => {
    const { code, err } = await say(folder, "report", ...words);
    assertEquals(code, 2, err);
    return err;
  };
  openRecords(join(folder, "results"))[Symbol.dispose]();
  match(await refused(), /there are no runs\n.*\n.*Run an experiment first/);
  record(folder);
  record(folder, { experiment: "other" });
  const one = await refused("--experiment", "mixlos");
  match(one, /none of the runs is of "mixlos"\n.*\n.*mean "mixloss"/);
  match(
    await refused("--experiment", "zz"),
    /Name one of mixloss, other$/,
  );
  await refused("other", "--experiment", "mixloss");
  match(await refused("nosuch"), /Cannot find the run "nosuch"/);
  const reports = join(folder, "results", "reports");
  throws(() => Deno.statSync(reports), Deno.errors.NotFound);
});

testInFolder(
  "list takes a run by name, and refuses what is none",
  async (folder) => {
    const id = record(folder);
    record(folder, { experiment: "other" });
    const ids = async (...words: string[]) =>
      JSON.parse((await say(folder, "list", ...words, "--json")).out)
        .map((run: { id: string }) => run.id);
    deepStrictEqual(await ids("mixloss"), [id]);
    deepStrictEqual(await ids(id.slice(0, -1)), [id]);
    deepStrictEqual(await ids("mixloss@best"), [id]);
    const { code, err } = await say(folder, "list", "mixlsos");
    assertEquals(code, 2);
    match(err, /Did you mean "mixloss"/);
  },
);

testInFolder(
  "pages and volumes are written to files that end like them",
  async (folder) => {
    record(folder);
    record(folder);
    const lines = [
      [
        ["report"],
        "x.pdf",
        /the file is \.html, not \.pdf.*\n.*\n.*like x\.html/,
      ],
      [["report"], "x.tar.HDF", /like x\.tar\.html/],
      [["compare", "last", "mixloss"], "x.json", /\.html, not \.json/],
      [["preview", "x.yaml"], "x.png", /\.html, not \.png/],
      [["predict", "last", "--volume", "x"], "x.tif", /\.hdf, not \.tif/],
      [["replay", "--augmentation", "x"], "x.zarr", /\.hdf, not \.zarr/],
      [["data", "import"], "x.n5", /\.hdf, not \.n5/],
    ] as const;
    for (const [line, name, says] of lines) {
      const { code, err } = await say(folder, ...line, "--output", name);
      assertEquals(code, 2);
      match(err, says);
    }
    const { err } = await say(folder, "plan", "x.yaml", "--draw", "x.png");
    match(err, /\.svg, not \.png/);
    for (const name of ["page", "a.HTML", "b.htm"]) {
      const { code, err } = await say(folder, "report", "--output", name);
      assertEquals(code, 0, err);
    }
    const { code } = await say(folder, "report", "--output", "folder/");
    assertEquals(code, 2);
  },
);
