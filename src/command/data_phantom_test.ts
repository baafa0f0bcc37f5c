import { deepStrictEqual, match } from "node:assert/strict";
import { join } from "node:path";
import { openCremi } from "@/data/mod.ts";
import { wholeBox } from "@/core/mod.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "data phantom writes a sound file whose partners lie in their neurons",
  async (folder) => {
    const command = ["data", "phantom", "--shape", "4,96,96", "--seed", "3"];
    const { code, out } = await say(folder, ...command, "--output", "p.hdf");
    deepStrictEqual(code, 0);
    match(
      out,
      /p\.hdf: 4 × 96 × 96 voxels, \d+ clefts, \d+ neurons, \d+ pairs/,
    );
    const checked = await say(folder, "data", "check", "p.hdf");
    deepStrictEqual(checked.code, 0);
    using file = await openCremi(join(folder, "p.hdf"));
    const ids = file.neuronIds!.dataset.read(wholeBox([4, 96, 96]));
    const { points, partners } = file.annotations!;
    const neuronAt = (id: bigint) => {
      const { locationNm } = points.find((point) => point.id === id)!;
      const [z, y, x] = locationNm.map((nm, axis) =>
        Math.floor(nm / [50, 4.6, 4.6][axis]!)
      ) as [number, number, number];
      return ids[(z * 96 + y) * 96 + x];
    };
    deepStrictEqual(partners.length > 0, true);
    for (const { pre, post } of partners) {
      deepStrictEqual(neuronAt(pre) === neuronAt(post), false);
    }
    // The T-bar is that of one neuron for all of its partners.
    const first = partners.filter(({ pre }) =>
      `${points.find(({ id }) => id === pre)!.locationNm}` ===
        `${points[0]!.locationNm}`
    );
    deepStrictEqual(new Set(first.map(({ pre }) => neuronAt(pre))).size, 1);
  },
);

testInFolder("data phantom refuses what is no extent", async (folder) => {
  for (const shape of ["4,96", "4,96,9.5", "0,9,9", "a,b,c"]) {
    const { code, err } = await say(
      folder,
      ...["data", "phantom", "--shape", shape, "--output", "p.hdf"],
    );
    deepStrictEqual(code, 2);
    match(err, /it should be three whole numbers above 0\n {2}at/);
  }
  deepStrictEqual([...Deno.readDirSync(folder)], []);
});
