import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

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
