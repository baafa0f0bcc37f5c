import { deepStrictEqual, doesNotMatch, match } from "node:assert";
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { newRun, newVerdict } from "@/record/_testing.ts";
import { assertEquals } from "@test/helpers.ts";
import { record, recordScores } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder("show tells a run whole", async (folder) => {
  const id = record(folder);
  const { code, out } = await say(folder, "show", id.slice(0, -1));
  assertEquals(code, 0);
  match(out, /overrides +seed=7/);
  match(out, /notice +no GPU found/);
  match(out, /Validation AP, last +0\.500/);
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

/** What `show` says behind a name, a text for each line of it. */
async function shown(folder: string, name: string): Promise<string[]> {
  const { out } = await say(folder, "show", "last");
  return out.split("\n").filter((line) => line.startsWith(`${name} `))
    .map((line) => line.slice(name.length).trim());
}

testInFolder("show has a dash for what is not there", async (folder) => {
  recordScores(folder, { file: null, overrides: [] });
  for (
    const name of [
      "file",
      "overrides",
      "repeats",
      "verdict",
      "trained by",
      "graphics",
    ]
  ) deepStrictEqual(await shown(folder, name), ["–"], name);
  deepStrictEqual(await shown(folder, "variant"), []);
  const { out } = await say(folder, "show", "last");
  match(
    out,
    /\n\nLast value of each metric\n–\n\nFiles\n–\n\nEnd of the log\n/,
  );
});

testInFolder(
  "show tells what was read of the machine, and what was not",
  async (folder) => {
    recordScores(folder, {
      scores: {
        "train/loss": [1],
        "train/system.peakMemoryMiB": [700.25, 812.5],
        "train/system.cpuPercent": [150],
      },
    });
    const { out } = await say(folder, "show", "last");
    match(out, /each metric\nTrain Loss +1\n\nMachine\nProcessor +150 %\n/);
    match(out, /\nPeak memory +813 MiB\n/);
    match(out, /\nDisk read +not read: deno task doctor says why\n/);
    doesNotMatch(out, /of the card|last value.*system/);
  },
);

testInFolder(
  "show tells how a run ended, went on and was repeated",
  async (folder) => {
    const first = recordScores(folder, {
      state: "failed",
      variant: { loss: "dice", seed: "2" },
    });
    deepStrictEqual(await shown(folder, "state"), ["failed: it was so"]);
    deepStrictEqual(await shown(folder, "variant"), ["loss=dice · seed=2"]);
    {
      using records = openRecords(join(folder, "results"));
      using recorder = records.startRun({
        ...newRun(),
        rerunOf: first,
        trainedBy: first,
      });
      recorder.artifact("a.txt", "text/plain", new Uint8Array(12));
      recorder.finish("finished", null, newVerdict({ step: 3, what: "x" }));
    }
    deepStrictEqual(await shown(folder, "state"), ["finished"]);
    deepStrictEqual(await shown(folder, "repeats"), [first]);
    deepStrictEqual(await shown(folder, "trained by"), [first]);
    match((await shown(folder, "verdict"))[0]!, /^different from step 3: x/);
    match((await shown(folder, "a.txt"))[0]!, /^12 bytes /);
    deepStrictEqual(await shown(folder, "code"), [
      "0123456789abcdef with uncommitted changes",
    ]);
  },
);

testInFolder(
  "show tells of code that nobody changed, or that is in no repository",
  async (folder) => {
    const { environment } = newRun();
    const codeOf = async (changes: Partial<typeof environment>) => {
      record(folder, { environment: { ...environment, ...changes } });
      return await shown(folder, "code");
    };
    deepStrictEqual(await codeOf({ dirtyDiff: "" }), ["0123456789abcdef"]);
    deepStrictEqual(await codeOf({ commit: null, dirtyDiff: "" }), ["–"]);
  },
);

testInFolder("show ends with the last ten lines of the log", async (folder) => {
  {
    using records = openRecords(join(folder, "results"));
    using recorder = records.startRun(newRun());
    for (let i = 0; i < 12; i++) recorder.log("info", `line ${i}`);
    recorder.finish("finished");
  }
  const { out } = await say(folder, "show", "last");
  const lines = out.slice(out.indexOf("End of the log")).split("\n").slice(1);
  deepStrictEqual(lines.map((line) => line.split("  ").at(-1)), [
    ...Array.from({ length: 10 }, (_, i) => `line ${i + 2}`),
  ]);
});

testInFolder("show says when a run was gone on with", async (folder) => {
  const id = recordScores(folder, { state: "interrupted" });
  {
    using records = openRecords(join(folder, "results"));
    using recorder = records.continueRun(id, { afterStep: 4 });
    recorder.finish("finished");
  }
  match((await shown(folder, "resumed"))[0]!, /^20.* after step 4$/);
});
