import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { openRecords, writeBundle } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { smallPlan } from "@/experiment/run/_testing.ts";
import { say, testInFolder } from "./_testing.ts";
import { tinyTraining } from "./_tiny_testing.ts";

const experiment = `name: shared
data:
  train:
    - source: { type: cremi, file: lab/p.hdf }
      regionVox: { z: [0, 2] }
  validation:
    - source: { type: cremi, file: lab/p.hdf }
      regionVox: { z: [2, 4] }
${tinyTraining}`;

testInFolder(
  "bundle puts a run, its page and data into a file that rerun repeats elsewhere",
  async (folder) => {
    const [ours, theirs] = ["ours", "theirs"].map((name) => join(folder, name));
    for (const place of [join(ours!, "data/lab"), theirs!]) {
      Deno.mkdirSync(place, { recursive: true });
    }
    const well = async (place: string, ...words: readonly string[]) => {
      const { code, out, err } = await say(place, ...words);
      deepStrictEqual(code, 0, err);
      return out;
    };
    await well(
      ours!,
      ...["data", "phantom", "--shape", "4,24,24", "--resolution", "50,20,20"],
      ...["--output", "data/lab/p.hdf"],
    );
    Deno.writeTextFileSync(join(ours!, "shared.yaml"), experiment);
    await well(ours!, "run", "shared.yaml");
    const said = await well(
      ours!,
      "bundle",
      "shared",
      "--output",
      "table.cleft",
    );
    match(said, /^Data within: .*lab\/p\.hdf$/m);
    match(said, /^Check it by: deno task rerun table\.cleft$/m);
    Deno.renameSync(join(ours!, "table.cleft"), join(theirs!, "table.cleft"));
    Deno.removeSync(ours!, { recursive: true });

    const repeated = await well(theirs!, "rerun", "table.cleft");
    match(repeated, /^From table\.cleft: 1 run$/m);
    match(repeated, /identical: \d+ metrics, \d+ weight hashes/);
    const kept = join(theirs!, "results/bundles/table");
    ok(Deno.readTextFileSync(join(kept, "page.html")).includes("shared"));
    const [yaml] = [...Deno.readDirSync(join(kept, "experiments"))];
    match(
      Deno.readTextFileSync(join(kept, "experiments", yaml!.name)),
      /^name: shared$/m,
    );
    match(
      await well(theirs!, "rerun", "table.cleft"),
      /: 0 runs; 1 run here already/,
    );
  },
);

testInFolder(
  "bundle leaves data out that are too large, and says so",
  async (folder) => {
    const source = { type: "cremi", file: "lab/p.hdf" };
    const plan = smallPlan({ data: { train: [{ source }] } });
    const path = join(folder, "data/lab/p.hdf");
    const [input] = newRun().inputs;
    {
      using records = openRecords(join(folder, "results"));
      using recorder = records.startRun(newRun({
        ...{ plan: JSON.stringify(plan), inputs: [{ ...input!, path }] },
      }));
      recorder.finish("finished");
    }
    const words = ["bundle", "last", "--output", "a.cleft"];
    const { code, out, err } = await say(folder, ...words, "--data", "0");
    deepStrictEqual(code, 0, err);
    match(out, /^Data by hash: .*p\.hdf: it is too large; --data takes more$/m);
    const refused = await say(folder, "bundle", "--output", "b.cleft");
    match(refused.err, /no RUN is named/);
    const wrong = await say(folder, "bundle", "last", "--output", "b.zip");
    match(wrong.err, /\.cleft/);
  },
);

testInFolder(
  "rerun refuses a bundle that would write elsewhere, and what is none",
  async (folder) => {
    const results = join(folder, "results");
    openRecords(results)[Symbol.dispose]();
    writeBundle(join(folder, "evil.cleft"), {
      ...{ folder: results, runs: [] },
      files: [{ name: "../../x", content: Uint8Array.of(1) }],
    });
    const evil = await say(folder, "rerun", "evil.cleft");
    deepStrictEqual(evil.code, 2);
    match(evil.err, /it has a file for another place, "\.\.\/\.\.\/x"/);
    const none = await say(folder, "rerun", "none.cleft");
    deepStrictEqual(none.code, 2);
    match(none.err, /none\.cleft/);
    ok(!none.err.includes("unexpected"), none.err);
  },
);
