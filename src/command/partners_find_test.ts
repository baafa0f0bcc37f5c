import { deepStrictEqual, match } from "node:assert/strict";
import { say, testInFolder } from "./_testing.ts";
import { writeKnown } from "@/experiment/partners/_testing.ts";

testInFolder(
  "partners learn, partners find and evaluate --partners go hand in hand",
  async (folder) => {
    await writeKnown(folder, 7);
    const files = ["--prediction", "polarity-7.hdf"];
    const learnt = await say(
      folder,
      ...["partners", "learn", ...files, "--truth", "truth-7.hdf"],
      ...["--min-contact", "10", "--output", "pruner.json"],
    );
    deepStrictEqual([learnt.code, learnt.err], [0, ""]);
    match(learnt.out, /\d of \d candidates are true pairs; of probability 0/);
    const find = [
      ...["partners", "find", ...files, "--segmentation", "truth-7.hdf"],
      ...["--output", "found.hdf"],
    ];
    const found = await say(folder, ...find, "--pruner", "pruner.json");
    deepStrictEqual([found.code, found.err], [0, ""]);
    match(found.out, /^Partners: .*found.hdf\n\d of \d candidates\nScore/);
    const score = [
      ...["evaluate", "--partners", "found.hdf", "--truth", "truth-7.hdf"],
    ];
    const { out } = await say(folder, ...score, "--json");
    const { truth, fScore, matches } = JSON.parse(out);
    deepStrictEqual([truth, fScore > 0.5, matches > 0], [3, true, true]);
    match((await say(folder, ...score)).out, /^truth +3\nfound/);

    const refused = async (words: readonly string[], message: RegExp) => {
      const { code, err } = await say(folder, ...words);
      deepStrictEqual(code, 2);
      match(err, message);
    };
    await refused(
      [...find, "--pruner", "pruner.json", "--min-contact", "3", "--force"],
      /Cannot use --min-contact with --pruner/,
    );
    await refused(
      [...score, "--prediction", "polarity-7.hdf"],
      /Cannot use both --partners and --prediction/,
    );
    await refused(
      ["partners", "learn", ...files, "--output", "other.json"],
      /from 1 predictions and 0 volumes/,
    );
  },
);
