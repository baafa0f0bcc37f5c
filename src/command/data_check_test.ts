import { deepStrictEqual, match, strictEqual } from "node:assert";
import { join } from "node:path";
import { writeHdf5 } from "@/data/mod.ts";
import { say, testInFolder } from "./_testing.ts";

const plan = { shapeVox: [1, 10, 10], resolutionNm: [40, 4, 4] } as const;
const grey = { ...plan, data: Uint8Array.from({ length: 100 }, (_, i) => i) };
const background = 0xffffffffffffffffn;

function clefts(voxels: number) {
  const data = new BigUint64Array(100).fill(background).fill(3n, 0, voxels);
  return { ...plan, data };
}

testInFolder("data check says what a sound file has", async (folder) => {
  await writeHdf5(join(folder, "a.hdf"), {
    "volumes/raw": grey,
    "volumes/labels/clefts": clefts(4),
  });
  const { code, out, err } = await say(folder, "data", "check", "a.hdf");
  deepStrictEqual([code, err], [0, ""]);
  deepStrictEqual(out.split("\n"), [
    `${join(folder, "a.hdf")}: a sound volume`,
    "Grey values: 1 × 10 × 10 voxels of 40 × 4 × 4 nm, u8",
    "Clefts: 1 of 4 voxels in all, 4 % of what is known of 1 × 10 × 10 " +
    "voxels from voxel 0, 0, 0",
  ]);
});

testInFolder(
  "data check exits with 2 where something is wrong",
  async (folder) => {
    await writeHdf5(join(folder, "a.hdf"), {
      "volumes/raw": grey,
      "volumes/labels/clefts": clefts(0),
    });
    const { code, out } = await say(folder, "data", "check", "a.hdf");
    strictEqual(code, 2);
    match(out, /a.hdf: 1 fault, as a volume\n/);
    match(
      out,
      /\n\nCannot use .*no cleft.*\n {2}at {3}a.hdf\n {2}fix {2}Write ids/,
    );
    const json = await say(folder, "data", "check", "a.hdf", "--json");
    strictEqual(json.code, 2);
    const { isSound, faults, clefts: found } = JSON.parse(json.out);
    deepStrictEqual([isSound, faults.length, found.cleftVox], [false, 1, 0]);
  },
);

testInFolder(
  "data check says as JSON that there is no such file",
  async (folder) => {
    const { code, out } = await say(folder, "data", "check", "b.hdf", "--json");
    strictEqual(code, 2);
    const { form, faults } = JSON.parse(out);
    deepStrictEqual([form, faults[0].where], [null, "b.hdf"]);
  },
);

testInFolder("data check gives the share of what is known", async (folder) => {
  const { data } = clefts(4);
  data.fill(background - 1n, 60); // unknown
  await writeHdf5(join(folder, "a.hdf"), {
    "volumes/raw": grey,
    "volumes/labels/clefts": { ...plan, data },
  });
  const { out } = await say(folder, "data", "check", "a.hdf");
  match(out, /1 of 4 voxels in all, 6\.67 % of what is known/); // 4 of 60
});
