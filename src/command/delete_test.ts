import { deepStrictEqual, match } from "node:assert/strict";
import { record, recordScores } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

async function idsOf(folder: string, ...words: readonly string[]) {
  const { out } = await say(folder, "list", ...words, "--json");
  return JSON.parse(out).map(({ id }: { id: string }) => id);
}

testInFolder(
  "delete says what it would do, does it with --yes, and restore undoes it",
  async (folder) => {
    const poor = recordScores(folder, { scores: { "validation/ap": [0.1] } });
    const good = record(folder, { rerunOf: poor });
    const words = ["delete", "--where", "ap < 0.2"];
    const { out } = await say(folder, ...words);
    match(
      out,
      RegExp(
        `^${poor} .*\n\nOthers refer .*\n {2}${good} repeats ${poor}\n`,
        "m",
      ),
    );
    match(out, /Would delete 1 run; add --yes/);
    deepStrictEqual(await idsOf(folder), [poor, good]);
    match((await say(folder, ...words, "--yes")).out, /^Deleted 1 run; /m);
    deepStrictEqual(await idsOf(folder), [good]);
    deepStrictEqual(await idsOf(folder, "--deleted"), [poor]);
    match(
      (await say(folder, "show", poor)).err,
      /fix {2}Bring it back by: deno task restore/,
    );
    match((await say(folder, "restore", "none")).err, /list --deleted/);
    match(
      (await say(folder, "restore", poor)).out,
      RegExp(`^Restored ${poor}$`),
    );
    deepStrictEqual(await idsOf(folder), [poor, good]);
    deepStrictEqual(
      (await say(folder, "restore", poor)).out,
      `${poor} was not away`,
    );
  },
);

testInFolder(
  "clean removes deleted runs for good, once that is said",
  async (folder) => {
    match((await say(folder, "clean")).out, /^No runs in /);
    const id = record(folder);
    record(folder);
    deepStrictEqual((await say(folder, "clean")).out, "Nothing to remove");
    await say(folder, "delete", id, "--yes");
    match(
      (await say(folder, "clean")).out,
      RegExp(`^run ${id}\n(.*\n)*.*Would remove 1 deleted run, `),
    );
    match(
      (await say(folder, "clean", "--yes")).out,
      /^Removed 1 deleted run, .* free for /,
    );
    match(
      (await say(folder, "restore", id)).err,
      /no run of that name was deleted/,
    );
  },
);

testInFolder(
  "archive puts runs aside, which only their names find",
  async (folder) => {
    const ids = [record(folder), record(folder)];
    await say(folder, "archive", ids[0]!);
    deepStrictEqual(await idsOf(folder), [ids[1]]);
    deepStrictEqual(await idsOf(folder, ids[0]!), [ids[0]]);
    deepStrictEqual(await idsOf(folder, "--archived"), ids);
    match(
      (await say(folder, "restore", "--where", "ap > 0")).out,
      RegExp(`^Restored ${ids[0]}$`),
    );
    deepStrictEqual(await idsOf(folder), ids);
  },
);
