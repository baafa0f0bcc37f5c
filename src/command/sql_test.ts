import { deepStrictEqual, match } from "node:assert/strict";
import { recordScores } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder("sql asks views of runs, points and samples", async (folder) => {
  const scores = { "validation/ap": [0.25, NaN], "train/loss": [Infinity] };
  const ids = [1, 2].map((seed) =>
    recordScores(folder, { seed, scores, tags: ["b", "\x1b[1ma"] })
  );
  await say(folder, "delete", ids[1]!, "--yes");
  const ask = async (query: string) => {
    const { code, out } = await say(folder, "sql", query, "--json");
    return code === 0 ? JSON.parse(out) : code;
  };
  deepStrictEqual(await ask("select run, seed, state, tags from runs"), [
    { run: ids[0], seed: 1, state: "finished", tags: "\x1b[1ma, b" },
  ]);
  deepStrictEqual(
    await ask("select split, name, step, value from points order by 1, 3"),
    [
      { split: "train", name: "loss", step: 10, value: "Infinity" },
      { split: "validation", name: "ap", step: 10, value: 0.25 },
      { split: "validation", name: "ap", step: 20, value: null },
    ],
  );
  deepStrictEqual(await ask("select count(*) n from last_metrics"), [{ n: 2 }]);
  deepStrictEqual(await ask("select * from samples"), []);
  const { out } = await say(folder, "sql", "select tags, x'00ff' b from runs");
  deepStrictEqual(out, "tags           b\n\\u001b[1ma, b  x'00ff'");
  match((await say(folder, "sql")).out, /^samples +run, number, step,/m);
});

testInFolder(
  "sql refuses what is no single query, and changes nothing",
  async (folder) => {
    recordScores(folder, {});
    const cases: Readonly<Record<string, RegExp>> = {
      "select trainedby from runs":
        /no such column: trainedby\n.*\n.*"trained_by"/,
      "select 1; delete from run": /more than one statement\n.*character 10 /,
      "select 1; -- so\n;": /^$/,
      "delete from run": /it would write\n/,
      "selct": /syntax error\n/,
      " ": /it is empty\n/,
    };
    for (const [query, says] of Object.entries(cases)) {
      match((await say(folder, "sql", query)).err, says);
    }
    match((await say(folder, "list")).out, /mixloss/);
  },
);
