import { deepStrictEqual, match } from "node:assert/strict";
import { join, relative } from "node:path";
import { partFolder } from "@/queue/mod.ts";
import { partName } from "@/queue/part.ts";
import { hashOf, submit } from "@/queue/_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "deno task work refuses what is no task, and leaves what was gathered",
  async (folder) => {
    const results = join(folder, "results");
    const submitted = relative(folder, submit(results, { seeds: [1] }));
    const work = (...words: readonly string[]) => say(folder, "work", ...words);
    match((await work(submitted)).err, /no queue has started this process/);
    match(
      (await work(submitted, "--task", "2")).err,
      /at least 1 and at most 1/,
    );
    match((await work("nosuch")).err, /submission.json": it is not there/);
    Deno.removeSync(partFolder(results, partName("pair", hashOf(1))));
    const { code, out } = await work(submitted, "--task", "1");
    deepStrictEqual(code, 0);
    match(out, /Its run has finished, and was gathered before/);
  },
);
