import assert from "node:assert";
import { join } from "node:path";
import { type ExperimentError, wholeBox, type Zyx } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";
import { openHdf5, writeHdf5 } from "../hdf5/mod.ts";
import { readPrediction, writePrediction } from "./prediction.ts";
import type { PredictionOrigin } from "./origin.ts";

const grid = {
  shapeVox: [3, 2, 2] as Zyx,
  voxelNm: [40, 4, 4] as Zyx,
  offsetNm: [0, 0, 0] as Zyx,
};
const madeBy: PredictionOrigin = {
  run: "mixloss-20261123-2105-k3f9",
  experiment: "Ünïcode 日本",
  planSha256: "5f".repeat(32),
  weights: "last",
  step: 300,
  checkpointSha256: "7e".repeat(32),
  threshold: 0.1 + 0.2,
  metrics: [],
  head: null,
  postprocess: [],
  tta: "none",
  inputs: [{ path: "/data/ü.hdf", bytes: 2 ** 40, sha256: "cd".repeat(32) }],
  usedFor: [],
  engine: "pjrt",
  precision: "bf16",
  versions: { cleft: "0.1.0" },
};
const half = (sections: number) => ({
  probability: new Float32Array(4 * sections).fill(0.5),
});

function inFolder(body: (path: string) => Promise<void>) {
  return inTemporaryFolder((folder) => body(join(folder, "p.hdf")));
}

Deno.test("readPrediction() gives back what a prediction was made by", () =>
  inFolder(async (path) => {
    await writePrediction(path, {
      head: { ...grid, madeBy },
      slabs: [half(3)],
    });
    assert.deepStrictEqual((await readPrediction(path)).madeBy, madeBy);
    using file = await openHdf5(path);
    const dataset = file.dataset("volumes/prediction");
    assertEquals(dataset.attribute("run"), madeBy.run);
    assertEquals(dataset.attribute("threshold"), 0.1 + 0.2);
    assertEquals(dataset.attribute("none"), undefined);
    assertEquals(dataset.attribute("resolution"), undefined);
  }));

Deno.test("writePrediction() writes a volume for each component of vectors", () =>
  inFolder(async (path) => {
    const slab = (sections: number, from: number) => ({
      probability: Float32Array.from(
        { length: 3 * 4 * sections },
        (_, i) => Math.floor(i / (4 * sections)) / 2 - 0.5 + from,
      ),
    });
    const head = { ...grid, madeBy, quantity: "vector" } as const;
    await writePrediction(path, { head, slabs: [slab(2, 0), slab(1, -0.25)] });
    using file = await openHdf5(path);
    for (const [k, axis] of ["z", "y", "x"].entries()) {
      const dataset = file.dataset(`volumes/prediction/${axis}`);
      assertEquals(dataset.attribute("run"), madeBy.run);
      const value = k / 2 - 0.5;
      assert.deepStrictEqual(
        [...dataset.read(wholeBox(grid.shapeVox)) as Float32Array],
        [...new Array(8).fill(value), ...new Array(4).fill(value - 0.25)],
      );
    }
    await assert.rejects(
      readPrediction(path),
      /the file has "volumes.prediction.(x|z)"/,
    );
    await assert.rejects(
      writePrediction(path, { head, slabs: [slab(2, 0), slab(1, 0.75)] }),
      /says 1.25 at voxel 2, 0, 0, which is no part of a direction/,
    );
  }));

Deno.test("readPrediction() reads files that do not say what they were made by", () =>
  inFolder(async (path) => {
    await writePrediction(path, { head: grid, slabs: [half(1), half(2)] });
    assertEquals((await readPrediction(path)).madeBy, null);
  }));

Deno.test("readPrediction() reads a dataset of another name, and says how to name it", () =>
  inFolder(async (path) => {
    await writeHdf5(path, {
      "out/clefts": {
        shapeVox: grid.shapeVox,
        resolutionNm: grid.voxelNm,
        data: half(3).probability,
      },
    });
    await assert.rejects(readPrediction(path), (error: ExperimentError) => {
      assert.match(error.message, /the file has "out\/clefts"$/);
      assert.match(error.fix, /--dataset out\/clefts$/);
      return true;
    });
    const { probability } = await readPrediction(path, {
      dataset: "out/clefts",
    });
    assertEquals(probability.length, 12);
  }));

Deno.test("readPrediction() leaves out the threshold of a run without validation", () =>
  inFolder(async (path) => {
    const without = { ...madeBy, threshold: null };
    await writePrediction(path, {
      head: { ...grid, madeBy: without },
      slabs: [half(3)],
    });
    assertEquals((await readPrediction(path)).madeBy?.threshold, null);
  }));

Deno.test("readPrediction() refuses a threshold that is none", () =>
  inFolder(async (path) => {
    await writeHdf5(path, {
      "volumes/prediction": {
        shapeVox: grid.shapeVox,
        resolutionNm: grid.voxelNm,
        attributes: { run: "x", threshold: 7 },
        data: half(3).probability,
      },
    });
    await assert.rejects(
      readPrediction(path, { where: "--prediction" }),
      (error) => {
        assert.match(String(error), /its attribute "experiment" is missing/);
        assert.match(String(error), /\n {2}at {3}--prediction\n/);
        return true;
      },
    );
  }));

Deno.test("writePrediction() refuses at the first slab what is no probability", async () => {
  for (const bad of [NaN, 1.5, -0.5, Infinity]) {
    await inFolder(async (path) => {
      let asked = 0;
      function* slabs() {
        yield half(1);
        asked++;
        const slab = half(1);
        slab.probability[3] = bad;
        yield slab;
        asked++;
        yield half(1);
      }
      await assert.rejects(
        writePrediction(path, { head: grid, slabs: slabs() }),
        (error) => {
          assert.match(
            String(error),
            new RegExp(`says ${bad}.* at voxel 1, 1, 1,`),
          );
          return true;
        },
      );
      assertEquals(asked, 1);
      assert.throws(() => Deno.statSync(path), Deno.errors.NotFound);
    });
  }
});
