import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { openHdf5 } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";
import { runTiny, tinyVolume } from "./_tiny_testing.ts";

testInFolder(
  "predict refuses what it cannot do before it looks for the run",
  async (folder) => {
    const refused = async (words: readonly string[], says: RegExp) => {
      const { code, err } = await say(folder, "predict", "last", ...words);
      assertEquals(code, 2, err);
      match(err, says);
    };
    const output = ["--output", "p.hdf"];
    await refused([], /--output is missing/);
    await refused([...output], /neither --volume nor --source/);
    const whole = [...output, "--volume", "v.hdf"];
    await refused(
      [...whole, "--weights", "bset"],
      /best or last\n.*\n.*Write best/,
    );
    await refused(
      [...whole, "--tta", "flps"],
      /Cannot use "flps" for --tta.*\n.*--tta flps\n.*one of .*"flips"/,
    );
    await refused([...whole, "--region", "{ a: 1 }"], /"a"/);
  },
);

testInFolder(
  "predict writes a prediction, and says how to measure it",
  async (folder) => {
    const run = await runTiny(folder);
    assertEquals(run.code, 0, run.err);
    const words = ["predict", "tiny", "--source", tinyVolume(8), "--output"];
    const { code, out, err } = await say(folder, ...words, "p.hdf");
    assertEquals(code, 0, err);
    const lines = out.split("\n");
    assertEquals(lines.includes(`Prediction: ${join(folder, "p.hdf")}`), true);
    match(out, /^Weights: best of tiny-\S+, after step \d+$/m);
    match(
      out,
      /^Evaluate it by: deno task evaluate --prediction p\.hdf --source '\{ type: /m,
    );
    const part = await say(
      folder,
      ...[...words, "part.hdf", "--region", "{ z: [1, 3] }"],
      ...["--weights", "last", "--tta", "flips"],
    );
    match(part.out, /^Weights: last of tiny-\S+, after step 1$/m, part.err);
    using file = await openHdf5(join(folder, "part.hdf"));
    deepStrictEqual(file.dataset("volumes/prediction").shapeVox, [2, 24, 24]);
  },
);
