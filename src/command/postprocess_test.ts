import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import type { Zyx } from "@/core/mod.ts";
import { openHdf5, writePrediction } from "@/data/mod.ts";
import { predictedBy } from "./_origin_testing.ts";
import { say, testInFolder } from "./_testing.ts";

const background = 0xffffffffffffffffn;

/** A prediction of 5 sections of 1 × 4 voxels, in tenths. */
async function writeSections(
  folder: string,
  madeBy?: Parameters<typeof predictedBy>[0],
): Promise<void> {
  const tenths = ["8..9", "8..9", "8...", "8..4", "8..."].join("");
  const probability = Float32Array.from(tenths, (c) => (Number(c) || 0) / 10);
  await writePrediction(join(folder, "p.hdf"), {
    head: {
      shapeVox: [5, 1, 4] as Zyx,
      voxelNm: [40, 4, 4],
      offsetNm: [80, 0, 0],
      ...madeBy && { madeBy: predictedBy(madeBy) },
    },
    slabs: [{ probability }],
  });
}

/** The clefts of the file that was written: `1` to `9`, a dot for none. */
async function cleftsOf(folder: string): Promise<string> {
  using file = await openHdf5(join(folder, "c.hdf"));
  const clefts = file.dataset("volumes/labels/clefts");
  deepStrictEqual(clefts.resolutionNm, [40, 4, 4]);
  deepStrictEqual(clefts.offsetNm, [80, 0, 0]);
  const ids = clefts.read({ startVox: [0, 0, 0], shapeVox: [5, 1, 4] });
  return [...ids as BigUint64Array]
    .map((id) => id === background ? "." : `${id}`).join("");
}

const line = ["postprocess", "p.hdf", "--output", "c.hdf"];

testInFolder(
  "postprocess takes the steps that the file names",
  async (folder) => {
    await writeSections(folder, {
      postprocess: [
        { type: "threshold", p: 0.35 },
        { type: "sections", min: 2 },
      ],
    });
    const { code, out, err } = await say(folder, ...line);
    deepStrictEqual([code, err], [0, ""]);
    match(out, /^2 objects of 7 voxels$/m);
    deepStrictEqual(await cleftsOf(folder), "1..21..21...1...1...");
  },
);

testInFolder(
  "postprocess takes the threshold alone where there are no steps",
  async (folder) => {
    await writeSections(folder, { threshold: 0.3 });
    const { out } = await say(folder, ...line, "--json");
    const { objects, cleftVox, steps } = JSON.parse(out);
    deepStrictEqual({ objects, cleftVox, steps }, {
      objects: 3,
      cleftVox: 8,
      steps: [{ type: "threshold", p: 0.3 }],
    });
    deepStrictEqual(await cleftsOf(folder), "1..21..21...1..31...");
  },
);

testInFolder(
  "postprocess takes steps from the command line, of any file",
  async (folder) => {
    await writeSections(folder);
    const given = [
      ...["--step", "{ type: threshold, p: 0.5 }"],
      ...["--step", "{ type: size, minVox: 3 }"],
    ];
    await say(folder, ...line, ...given);
    deepStrictEqual(await cleftsOf(folder), "1...1...1...1...1...");
  },
);

testInFolder(
  "postprocess refuses what says nothing, and what cannot be taken",
  async (folder) => {
    await writeSections(folder, {
      threshold: null,
      postprocess: [{ type: "erode" }],
    });
    const refused = async (words: readonly string[], says: RegExp) => {
      const { code, err } = await say(folder, ...line, ...words);
      deepStrictEqual(code, 2, err);
      match(err, says);
    };
    await refused([], /this version has no such steps/);
    await writeSections(folder);
    await refused([], /nothing says from which probability.*\n.*\n.*--step/);
    await refused(["--step", "{ type: size }"], /nothing says from which/);
    await refused(["--step", "{ type: siz }"], /Write "size"/);
    await refused(
      ["--step", "{ type: size, minVox: { sweep: [1, 2] } }"],
      /no truth here to choose by/,
    );
    await refused(
      ["--step", "{ type: size }", "--step", "{ type: smooth }"],
      /Cannot take the step "smooth" there/,
    );
  },
);
