import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { encode } from "fast-png";
import type { Zyx } from "@/core/mod.ts";
import { writeHdf5, writePrediction } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

const shapeVox: Zyx = [2, 4, 4], voxelNm: Zyx = [40, 4, 4];
const background = 0xffffffffffffffffn;

/** Writes a truth whose clefts are the first row of each section. */
async function writeTruth(folder: string): Promise<void> {
  const common = {
    shapeVox,
    resolutionNm: voxelNm,
    offsetNm: [0, 0, 0] as Zyx,
  };
  await writeHdf5(join(folder, "truth.hdf"), {
    "volumes/raw": { ...common, data: new Uint8Array(32).fill(100) },
    "volumes/labels/clefts": {
      ...common,
      data: BigUint64Array.from(
        { length: 32 },
        (_, i) => i % 16 < 4 ? 1n : background,
      ),
    },
  });
}

/** Writes a prediction of sections from `z` on that calls the first row cleft. */
async function writeRow(folder: string, z: number): Promise<void> {
  const sections = 2 - z;
  const probability = Float32Array.from(
    { length: 16 * sections },
    (_, i) => i % 16 < 4 ? 0.9 : 0.1,
  );
  await writePrediction(join(folder, "p.hdf"), {
    shapeVox: [sections, 4, 4],
    voxelNm,
    offsetNm: [40 * z, 0, 0],
  }, [{ probability }]);
}

const files = ["--prediction", "p.hdf", "--truth", "truth.hdf"];

testInFolder("evaluate finds a perfect prediction perfect", async (folder) => {
  await writeTruth(folder);
  await writeRow(folder, 0);
  const { code, out, err } = await say(folder, "evaluate", ...files, "--json");
  assertEquals(code, 0, err);
  const scores = JSON.parse(out);
  const expected = {
    ap: 1,
    dice: 1,
    adgt: 0,
    adf: 0,
    score: 0,
    fp200: 0,
    fn200: 0,
    objects: 1,
    found: 1,
    falseComponents: 0,
  };
  for (const [name, value] of Object.entries(expected)) {
    assertEquals(scores[name], value, name);
  }
  assertEquals(typeof scores.threshold, "number");
});

testInFolder("evaluate measures a part where it lies", async (folder) => {
  await writeTruth(folder);
  await writeRow(folder, 1);
  const { code, out, err } = await say(folder, "evaluate", ...files);
  assertEquals(code, 0, err);
  match(out, /^dice +1$/m);
});

testInFolder(
  "evaluate refuses a prediction of another place",
  async (folder) => {
    await writeTruth(folder);
    await writePrediction(join(folder, "p.hdf"), {
      shapeVox: [2, 4, 4],
      voxelNm,
      offsetNm: [40, 0, 0],
    }, [{ probability: new Float32Array(32) }]);
    const { code, err } = await say(folder, "evaluate", ...files);
    assertEquals(code, 2);
    match(err, /covers 2 × 4 × 4 voxels of 40 × 4 × 4 nm from 40, 0, 0 nm/);
  },
);

testInFolder("evaluate asks for what is missing", async (folder) => {
  const { code, err } = await say(folder, "evaluate", "--truth", "truth.hdf");
  assertEquals(code, 2);
  match(err, /--prediction is missing/);
});

testInFolder("data import turns pictures into a volume", async (folder) => {
  const png = (data: Uint8Array) =>
    encode({ width: 4, height: 4, data, channels: 1, depth: 8 });
  for (const z of [0, 1]) {
    const grey = Uint8Array.from({ length: 16 }, (_, i) => 10 * i + z);
    const mask = Uint8Array.from(grey, (_, i) => i < 4 ? 255 : 0);
    Deno.writeFileSync(join(folder, `raw${z}.png`), png(grey));
    Deno.writeFileSync(join(folder, `mask${z}.png`), png(mask));
  }
  const { code, out, err } = await say(
    folder,
    ...["data", "import", "--raw", "raw*.png", "--labels", "mask*.png"],
    ...["--resolution", "40,4,4", "--output", "v.hdf", "--json"],
  );
  assertEquals(code, 0, err);
  deepStrictEqual(JSON.parse(out), {
    path: join(folder, "v.hdf"),
    shapeVox: [2, 4, 4],
    bits: 8,
    clefts: 1,
    cleftVox: 8,
    warnings: [
      "25.0 % of the voxels are cleft, of real tissue it is about 1 %: is " +
      "the background brighter than the clefts?",
    ],
  });
});

testInFolder(
  "data import refuses a resolution that is none",
  async (folder) => {
    const { code, err } = await say(
      folder,
      ...["data", "import", "--raw", "raw*.png", "--output", "v.hdf"],
      ...["--resolution", "40,4"],
    );
    assertEquals(code, 2);
    match(err, /Cannot use "40,4" for --resolution/);
  },
);
