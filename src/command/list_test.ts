import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { metricTitle } from "@/metric/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { record, recordMatrix, recordScores } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder("list shows every run, as text and as JSON", async (folder) => {
  const id = record(folder);
  const text = await say(folder, "list");
  match(text.out, new RegExp(`${id} +mixloss +finished +7 .* 0\\.500 +–`));
  const { out } = await say(folder, "list", "--json");
  const [{ startedAt, finishedAt, ...rest }] = JSON.parse(out);
  deepStrictEqual(rest, {
    id,
    experiment: "mixloss",
    state: "finished",
    seed: 7,
    metrics: { "validation/ap": 0.5 },
    progress: null,
    tags: [],
    note: null,
    group: null,
    archivedAt: null,
  });
  for (const time of [startedAt, finishedAt]) match(time, /^2\d{3}-.*Z$/);
});

testInFolder(
  "list shows what ranks the runs, then the foremost",
  async (folder) => {
    const headOf = async () =>
      (await say(folder, "list")).out.split("\n")[0]!.split(/ {2,}/).slice(5);
    record(folder, { ranking: { name: "score", better: "lower" } });
    deepStrictEqual(await headOf(), ["CREMI score", "AP"]);
    record(folder);
    deepStrictEqual(await headOf(), ["CREMI score", "AP"]);
    record(folder, { ranking: { name: "found", better: "higher" } });
    deepStrictEqual(await headOf(), ["CREMI score", "AP", "Objects found"]);
  },
);

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
  "an empty choice that was saved is said as such",
  async (folder) => {
    record(folder);
    await say(folder, "list", "--where", "ap > 1", "--save", "none");
    match(
      (await say(folder, "list", "@none")).out,
      /^None of the runs in .* is/,
    );
    const output = ["--output", "x.csv"];
    for (
      const words of [["report"], ["export", "--format", "csv", ...output]]
    ) {
      const { code, err } = await say(folder, ...words, "@none");
      assertEquals(code, 2);
      match(err, /none of the runs meets the condition/);
    }
  },
);

testInFolder("list says that there is nothing yet", async (folder) => {
  const results = join(folder, "results");
  const { code, out } = await say(folder, "list");
  assertEquals(code, 0);
  assertEquals(out, `No runs in ${results} yet`);
  assertEquals(
    (await say(folder, "list", "a")).out,
    `No runs of "a" in ${results} yet`,
  );
  assertEquals((await say(folder, "list", "--json")).out, "[]");
});

testInFolder("list shows the scores of the best weights", async (folder) => {
  recordScores(folder, {
    scores: {
      "validation/best.ap": [0.75],
      "validation/ap": [0.5],
      "validation/dice": [0.25],
    },
  });
  match((await say(folder, "list")).out, / 0\.750 +0\.250$/);
});

testInFolder(
  "list shows the variants of a matrix, those not run too",
  async (folder) => {
    record(folder); // no part of it
    const axes = [{ name: "loss", values: ["bce", "dice"] }, {
      name: "seed",
      values: ["1", "2"],
    }];
    const ids = recordMatrix(folder, {
      axes,
      apOf: ({ loss, seed }) => loss === "dice" && seed === "2" ? null : 0.5,
    });
    const lines = (await say(folder, "list", "table")).out.split("\n");
    assertEquals(lines.length, 5);
    match(
      lines[0]!,
      /^run +experiment +variant +state +seed +started +AP +Dice$/,
    );
    match(
      lines[3]!,
      RegExp(`^${ids[2]} +table +dice · 1 +finished +7 .* 0\\.500`),
    );
    match(lines[4]!, /^– +– +dice · 2 +not run +– +– +– +–$/);
    const json = JSON.parse((await say(folder, "list", "table", "--json")).out);
    deepStrictEqual(
      json.map(({ id }: { id: string }) => id),
      ids.filter((id) => id !== null),
    );
    match((await say(folder, "list")).out, /^run +experiment +variant/);
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
    const scores = Object.fromEntries(
      Object.entries(values).map((
        [name, value],
      ) => [`validation/${name}`, [value]]),
    );
    const ids = [1, 2].map((seed) => recordScores(folder, { seed, scores }));
    const { out: listed } = await say(folder, "list");
    deepStrictEqual(
      listed.split("\n").map((row) => row.split(/ {2,}/).slice(5)),
      [["AP", "Dice"], ["–", "–"], ["–", "–"]],
    );
    const [brief] = JSON.parse((await say(folder, "list", "--json")).out);
    for (const [name, value] of Object.entries(values)) {
      assertEquals(brief.metrics[`validation/${name}`], `${value}`);
      const shown = Number.isNaN(value) ? "–" : `${value}`;
      const title = metricTitle(`validation/${name}`);
      match(
        (await say(folder, "show", ids[0]!)).out,
        new RegExp(`^${title} +${shown}$`, "m"),
      );
      match(
        (await say(folder, "compare", ...ids)).out,
        new RegExp(`^${title} +${shown} +${shown}$`, "m"),
      );
    }
  },
);

testInFolder(
  "list takes the name of an experiment for all of its runs",
  async (folder) => {
    const ids = [record(folder), record(folder)];
    record(folder, { experiment: "other" });
    const { out } = await say(folder, "list", "mixloss", "--json");
    deepStrictEqual(JSON.parse(out).map(({ id }: { id: string }) => id), ids);
  },
);

testInFolder(
  "list chooses, sorts and shows columns, and saves that under a name",
  async (folder) => {
    const spec = (p: number) =>
      JSON.stringify({ spec: { augment: [{ type: "elastic", p }] } });
    const ids = [0.25, 0.75, 0.5].map((ap) =>
      recordScores(folder, {
        scores: { "validation/ap": [ap] },
        plan: spec(ap),
        tags: ap > 0.5 ? ["\x1b[31mred\nrow"] : [],
      })
    );
    const words = ["--where", "ap >= 0.5", "--sort", "-ap", "--columns"];
    const { out } = await say(
      folder,
      ...["list", ...words, "augment.elastic.p,tag", "--save", "good"],
    );
    deepStrictEqual(out.split("\n").map((line) => line.split(/ {2,}/)), [
      ["run", "augment.elastic.p", "tag"],
      [ids[1], "0.750", "\\u001b[31mred\\u000arow"],
      [ids[2], "0.500", "–"],
    ]);
    assertEquals((await say(folder, "list", "@good")).out, out);
    const json = JSON.parse((await say(folder, "list", "@good", "--json")).out);
    deepStrictEqual(
      json.map((run: { columns: unknown }) => run.columns),
      [{ "augment.elastic.p": 0.75, tag: ["\x1b[31mred\nrow"] }, {
        "augment.elastic.p": 0.5,
        tag: [],
      }],
    );
    const more = ["mixloss", "--since", "2000-01-01", "--state", "finished"];
    await say(folder, "list", ...more, "--save", "all");
    deepStrictEqual(
      JSON.parse((await say(folder, "list", "@all", "--json")).out).length,
      3,
    );
    const one = await say(folder, "list", ids[0]!, "--save", "one");
    match(one.err, /is a run, and no condition/);
    const none = await say(folder, "list", "--where", "@good and ap > 0.9");
    match(none.out, /^None of the runs in /);
    const wrong = await say(folder, "list", "--where", "ap > 0.4 tag = a");
    assertEquals(wrong.code, 2);
    match(wrong.err, /"tag" follows .*\n.*character 10 of .*\n {2}fix /);
    match((await say(folder, "list", "--columns", "help")).out, /^ {2}left /m);
  },
);
