import { deepStrictEqual, match, ok } from "node:assert";
import { join } from "node:path";
import type { Zyx } from "@/core/mod.ts";
import {
  type PredictionOrigin,
  writeHdf5,
  writePrediction,
} from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { predictedBy } from "./_origin_testing.ts";
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

const origin = predictedBy();

/** Writes a prediction of sections from `z` on that calls the first row cleft. */
async function writeRow(
  folder: string,
  z: number,
  madeBy?: Partial<PredictionOrigin>,
): Promise<void> {
  const sections = 2 - z;
  const probability = Float32Array.from(
    { length: 16 * sections },
    (_, i) => i % 16 < 4 ? 0.9 : 0.1,
  );
  await writePrediction(join(folder, "p.hdf"), {
    head: {
      shapeVox: [sections, 4, 4],
      voxelNm,
      offsetNm: [40 * z, 0, 0],
      ...(madeBy && { madeBy: { ...origin, ...madeBy } }),
    },
    slabs: [{ probability }],
  });
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
  match(out, /^Dice +1$/m);
});

testInFolder(
  "evaluate refuses a prediction of another place",
  async (folder) => {
    await writeTruth(folder);
    await writePrediction(join(folder, "p.hdf"), {
      head: {
        shapeVox: [2, 4, 4],
        voxelNm,
        offsetNm: [40, 0, 0],
      },
      slabs: [{ probability: new Float32Array(32) }],
    });
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

testInFolder(
  "evaluate measures at the threshold that validation chose",
  async (folder) => {
    await writeTruth(folder);
    await writeRow(folder, 0, {});
    const { code, out, err } = await say(folder, "evaluate", ...files);
    assertEquals(code, 0, err);
    match(
      out,
      /^Threshold 0\.950: chosen on validation of mixloss-\S+ \(best weights, step 300\)$/m,
    );
    match(out, /^ +validation's +best here \(flatters\)$/m);
    match(out, /^Threshold +0\.950 +0\.900$/m);
    match(out, /^Dice +0 +1$/m); // no voxel reaches 0.95
    ok(!out.includes("The run read this volume"));
    const json = JSON.parse(
      (await say(folder, "evaluate", ...files, "--json")).out,
    );
    assertEquals(json.threshold, 0.95);
    assertEquals(json.thresholdFrom, "validation");
    assertEquals(json.dice, 0);
    assertEquals(json.bestOnTruth.dice, 1);
    assertEquals(json.bestOnTruth.threshold, Math.fround(0.9));
  },
);

testInFolder("evaluate prefers the threshold that is given", async (folder) => {
  await writeTruth(folder);
  await writeRow(folder, 0, {});
  const words = [...files, "--threshold", "0.5"];
  const { out } = await say(folder, "evaluate", ...words);
  match(out, /^Threshold 0\.500: given by --threshold$/m);
  match(out, /^ +as given +best here \(flatters\)$/m);
  const json = JSON.parse(
    (await say(folder, "evaluate", ...words, "--json")).out,
  );
  deepStrictEqual([json.threshold, json.thresholdFrom], [0.5, "option"]);
});

testInFolder(
  "evaluate says that the best threshold flatters, where there is no other",
  async (folder) => {
    await writeTruth(folder);
    for (const madeBy of [undefined, { threshold: null }]) {
      await writeRow(folder, 0, madeBy);
      const { out } = await say(folder, "evaluate", ...files);
      match(out, /^Threshold 0\.900: the best for this truth, which flatters/);
      match(out, /^ +best here \(flatters\)$/m);
      const { out: json } = await say(folder, "evaluate", ...files, "--json");
      assertEquals(JSON.parse(json).thresholdFrom, "truth");
      deepStrictEqual(JSON.parse(json).bestOnTruth.dice, 1);
    }
  },
);

testInFolder(
  "evaluate measures with the options that the run was measured with",
  async (folder) => {
    await writeTruth(folder); // a cleft of four voxels in each section
    const words = [...files, "--threshold", "0.5"];
    const evaluated = async (metrics: PredictionOrigin["metrics"]) => {
      await writeRow(folder, 0, { metrics });
      const { out, err } = await say(folder, "evaluate", ...words);
      const json = await say(folder, "evaluate", ...words, "--json");
      return { out, err, json: json.out && JSON.parse(json.out) };
    };
    const usual = await evaluated([{ type: "dice" }]);
    ok(!usual.out.includes("the run's options"));
    assertEquals(usual.json.found, 1);
    const strict = await evaluated([{ type: "objects", minOverlapVox: 9 }]);
    match(
      strict.out,
      /^Measured with the run's options: objects\.minOverlapVox = 9$/m,
    );
    assertEquals(strict.json.found, 0);
    deepStrictEqual(
      strict.json.measuredWith.map(({ type }: { type: string }) => type),
      usual.json.measuredWith.map(({ type }: { type: string }) => type),
    );
    const gone = await evaluated([{ type: "objects", best: 1 }]);
    match(gone.err, /no metric \{"type":"objects","best":1\}\n {2}at .*--pred/);
  },
);

testInFolder(
  "evaluate says what the run read the volume for",
  async (folder) => {
    await writeTruth(folder);
    await writeRow(folder, 0, { usedFor: ["train", "validation"] });
    const { out } = await say(folder, "evaluate", ...files);
    match(out, /^The run read this volume for train and validation: /m);
  },
);

testInFolder(
  "evaluate chooses no threshold where there is no cleft",
  async (folder) => {
    await writeHdf5(join(folder, "truth.hdf"), {
      "volumes/raw": {
        shapeVox,
        resolutionNm: voxelNm,
        data: new Uint8Array(32),
      },
      "volumes/labels/clefts": {
        shapeVox,
        resolutionNm: voxelNm,
        data: new BigUint64Array(32).fill(background),
      },
    });
    await writeRow(folder, 0);
    const { code, err } = await say(folder, "evaluate", ...files);
    assertEquals(code, 2);
    match(err, /the truth has no cleft there\n.*\n.*--threshold/);
    const given = await say(folder, "evaluate", ...files, "--threshold", "0.5");
    assertEquals(given.code, 0, given.err);
  },
);

testInFolder(
  "evaluate looks for the truth where you are, then in the data roots",
  async (folder) => {
    for (
      const [root, words] of [["data", []], ["else", [
        "--data-root",
        "else",
      ]]] as const
    ) {
      await writeTruth(join(folder, root));
      await writeRow(folder, 0);
      const { code, err } = await say(folder, "evaluate", ...files, ...words);
      assertEquals(code, 0, err);
      Deno.removeSync(join(folder, root), { recursive: true });
    }
    const { code, err } = await say(folder, "evaluate", ...files);
    assertEquals(code, 2);
    ok(err.includes(join(folder, "truth.hdf")), err);
    ok(err.includes(join(folder, "data", "truth.hdf")), err);
  },
);

testInFolder("evaluate takes a truth of any source", async (folder) => {
  const ids = BigUint64Array.from(
    { length: 32 },
    (_, i) => i % 16 < 4 ? 1n : 0n,
  );
  const main = (data: Uint8Array | BigUint64Array) => ({
    main: { shapeVox, data },
  });
  await writeHdf5(join(folder, "raw.h5"), main(new Uint8Array(32)));
  await writeHdf5(join(folder, "ids.h5"), main(ids));
  await writeRow(folder, 0);
  const words = ["evaluate", "--prediction", "p.hdf", "--source"];
  const source = "{ type: main, raw: raw.h5, labels: ids.h5 }";
  const { code, out, err } = await say(folder, ...words, source);
  assertEquals(code, 0, err);
  match(out, /^Dice +1$/m);
  const unlabelled = await say(folder, ...words, "{ type: main, raw: raw.h5 }");
  match(unlabelled.err, /without cleft labels\n {2}at {3}--source/);
  const both = await say(folder, ...words, source, "--truth", "truth.hdf");
  match(both.err, /both --truth and --source/);
  const none = await say(folder, "evaluate", "--prediction", "p.hdf");
  match(none.err, /neither --truth nor --source/);
});

testInFolder(
  "evaluate warns of a truth that is mostly cleft",
  async (folder) => {
    await writeTruth(folder);
    await writeRow(folder, 0);
    const { err } = await say(folder, "evaluate", ...files);
    match(err, /^--truth: 25\.0 % of what is labelled is cleft, /m);
  },
);

testInFolder(
  "evaluate post-processes as the run does, and not at the best here",
  async (folder) => {
    await writeTruth(folder);
    await writeRow(folder, 0, {
      threshold: 0.05, // all is cleft
      postprocess: [
        { type: "threshold", p: 0.05 },
        { type: "prune", minMean: 0.8 },
      ],
    });
    const { code, out, err } = await say(
      folder,
      "evaluate",
      ...files,
      "--json",
    );
    assertEquals(code, 0, err);
    const { dice, bestOnTruth, postprocess, threshold } = JSON.parse(out);
    deepStrictEqual([dice, bestOnTruth.dice, threshold], [0, 1, 0.05]);
    deepStrictEqual(postprocess.length, 2);
    const given = [...files, "--threshold", "0.5"];
    const { out: text } = await say(folder, "evaluate", ...given);
    match(text, /Post-processed as the run does: threshold, prune/);
    match(text, /^Dice +1 +1$/m); // the steps from another threshold on
  },
);
