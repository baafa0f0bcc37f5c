import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import type { Zyx } from "@/core/mod.ts";
import { type Neurons, writePrediction } from "@/data/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { candidatePlanOf } from "./candidate_plan.ts";
import { candidatesIn, candidatesOf } from "./candidates_in.ts";

const voxelNm: Zyx = [40, 4, 8], offsetNm: Zyx = [400, 40, 80];
const plan = candidatePlanOf({
  ...{ steps: ["{ type: threshold, p: 0 }"], minContactVox: 1 },
  ...{ pairsPerSynapse: 0, gapVox: 0 },
});

/** The candidates of a section by its rows: what a head says, and the neurons. */
function candidates(
  says: readonly (readonly number[])[],
  neurons: readonly (readonly number[])[],
) {
  const shapeVox: Zyx = [1, says.length, says[0]!.length];
  return candidatesOf({
    grid: { shapeVox, voxelNm, offsetNm },
    probability: () => Float32Array.from(says.flat()),
    neurons: () => Uint32Array.from(neurons.flat()),
  }, plan);
}

Deno.test("candidatesOf() has places in nanometres, at the middle of a voxel", () => {
  const [only, ...others] = candidates([[1, 0]], [[7, 9]]);
  deepStrictEqual(others, []);
  const { features: _, ...pair } = only!;
  deepStrictEqual(pair, {
    ...{ preNm: [420, 42, 84], postNm: [420, 42, 92] },
    ...{ preSegment: 7, postSegment: 9, isLikely: true },
  });
});

Deno.test("candidatesOf() takes for likely what leads from the presynaptic neuron to the other side", () => {
  const row = [1, 1, 0.75, 0.25, 0.4, 0.4];
  const found = candidates(
    [[1, 1, 0, 0, 0.4, 0.4], [1, 1, 0, 0, 0.4, 0.4], row, row],
    [
      ...[[1, 1, 2, 2, 3, 3], [1, 1, 2, 2, 3, 3]],
      ...[[1, 1, 4, 4, 3, 3], [1, 1, 4, 4, 3, 3]],
    ],
  );
  const named = found.map(({ preSegment, postSegment, isLikely }) => [
    `${preSegment} to ${postSegment}`,
    isLikely,
  ]);
  deepStrictEqual(Object.fromEntries(named), {
    "1 to 2": true,
    "1 to 4": false, // neither side
    "3 to 2": false,
    "4 to 2": false,
    "4 to 3": false,
  });
});

Deno.test("candidatesIn() refuses what a network says of clefts", () =>
  inTemporaryFolder(async (folder) => {
    const prediction = join(folder, "p.hdf");
    const write = (head: string | null) =>
      writePrediction(prediction, {
        head: {
          ...{ shapeVox: [1, 1, 2], voxelNm, offsetNm },
          madeBy: {
            ...{ run: "a-run", experiment: "a", planSha256: "", head },
            ...{ weights: "last", step: 1, checkpointSha256: "" },
            ...{ threshold: null, metrics: [], postprocess: [], tta: "none" },
            ...{ inputs: [], usedFor: [], engine: "embedded" },
            ...{ precision: "fp32", versions: {} },
          },
        },
        slabs: [{ probability: Float32Array.of(1, 0) }],
      });
    const neurons = {
      sectionsOf: () => () => Uint32Array.of(7, 9),
    } as unknown as Neurons;
    const place = { prediction, neurons, segmentation: "s.hdf" };
    await write(null);
    await rejects(
      candidatesIn(place, plan),
      /prediction of clefts: it has no two sides[^]*predict a-run --head NAME/,
    );
    await write("sides");
    deepStrictEqual((await candidatesIn(place, plan)).all.length, 1);
  }));
