import { deepStrictEqual, match } from "node:assert/strict";
import { record } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "tag adds, takes away and shows what is said of runs",
  async (folder) => {
    const ids = [record(folder, { tags: ["first"] }), record(folder)];
    const changes = [
      "--add",
      "paper",
      "--note",
      "\x1b]0;x\x07 so",
      "--group",
      "g",
    ];
    const { code, out } = await say(folder, "tag", ids[0]!, ...changes);
    deepStrictEqual(
      [code, out.split("\n").map((line) => line.split(/ {2,}/))],
      [0, [
        ["run", "tag", "note", "group"],
        [ids[0], "first, paper", "\\u001b]0;x\\u0007 so", "g"],
      ]],
    );
    match(
      (await say(folder, "show", ids[0]!)).out,
      /^tags +first, paper\nnote /m,
    );
    await say(
      folder,
      "tag",
      "--where",
      "tag = paper",
      "--remove",
      "first",
      "--clear",
      "note",
    );
    const { out: both } = await say(folder, "tag", ...ids);
    deepStrictEqual(
      both.split("\n").slice(1).map((line) => line.split(/ {2,}/)),
      [
        [ids[0], "paper", "–", "g"],
        [ids[1], "–", "–", "–"],
      ],
    );
  },
);

testInFolder(
  "tag refuses names of several lines, and to change all runs at once",
  async (folder) => {
    record(folder);
    for (
      const [words, says] of [
        [["last", "--add", "a\nb"], /Cannot use this as a tag/],
        [["--add", "a"], /no RUN is named/],
        [["--add", "a", "--where", "ap > 0.9"], /none of the runs meets/],
        [["last", "--clear", "tags"], /"tags" for --clear/],
      ] as const
    ) {
      const { code, err } = await say(folder, "tag", ...words);
      deepStrictEqual(code, 2);
      match(err, says);
    }
  },
);
