import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";
import { runTiny } from "./_tiny_testing.ts";

testInFolder(
  "replay makes samples of a run again, where it is told",
  async (folder) => {
    const run = await runTiny(folder);
    assertEquals(run.code, 0, run.err);
    const { code, out, err } = await say(
      folder,
      ...["replay", "tiny", "--sample", "0..1", "--out", "s"],
    );
    assertEquals(code, 0, err);
    match(out, /^sample 0 \(step 1\): identical to what training saw\n/);
    match(out, /\nsample 1 .*\n {2}.*\/s\/sample-1\.\{hdf,png,json\}$/);
    deepStrictEqual(
      [...Deno.readDirSync(join(folder, "s"))].map(({ name }) => name).sort(),
      [0, 1].flatMap((i) =>
        ["hdf", "json", "png"].map((e) => `sample-${i}.${e}`)
      ),
    );
    const chosen = async (seed: string) => {
      const words = [
        "replay",
        "tiny",
        "--random",
        "1",
        "--seed",
        seed,
        "--json",
      ];
      const [one] = JSON.parse((await say(folder, ...words)).out);
      match(one.files[0], /results\/runs\/tiny-[^/]+\/replay\/sample-/);
      return one.index;
    };
    assertEquals(await chosen("3"), await chosen("3"));
  },
);
