import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { ExperimentError, type Volume } from "@/core/mod.ts";
import { smallPlan } from "./_testing.ts";
import { loadData, pipelinePlanOf } from "./data.ts";
import { openVolumes, Volumes } from "./volumes.ts";

const place = { dataRoots: [], cacheFolder: "/nowhere" };

/** The volumes of a small experiment, changed. */
async function load(
  change: (volume: Volume) => Volume,
  plan = smallPlan(),
) {
  using volumes = await openVolumes(plan.spec, place);
  const { train, validation, test } = volumes.bySplit;
  const changed = { train, validation: validation.map(change), test };
  return await loadData(plan.spec, new Volumes(changed, []), place);
}

Deno.test("loadData() has everything in memory, so that nothing can change it later", async () => {
  const { stream, measured, inputs, notes } = await load((volume) => volume);
  const { batch, workers, ahead, recordSamples, volumes } = stream;
  deepStrictEqual([batch, workers, ahead, recordSamples], [2, 0, 4, "hashes"]);
  ok(volumes[0]!.raw instanceof SharedArrayBuffer);
  deepStrictEqual(measured.validation.map(({ shapeVox }) => shapeVox), [
    [4, 16, 16],
  ]);
  deepStrictEqual([measured.test, inputs, notes], [[], [], []]);
});

Deno.test("loadData() refuses to measure on a volume without labels", async () => {
  const bare = (volume: Volume) => ({ ...volume, hasLabels: false });
  await rejects(load(bare), (error) => {
    ok(error instanceof ExperimentError);
    ok(error.where.startsWith("data.validation[0] "), error.where);
    deepStrictEqual(
      error.message,
      "Cannot measure on a volume that has no cleft labels",
    );
    return true;
  });
});

Deno.test("loadData() refuses what no sample can be made of", async () => {
  const plan = smallPlan({
    sampler: { type: "uniform", patchVox: [2, 32, 32] },
    infer: { patchVox: [4, 16, 16] },
  });
  await rejects(load((volume) => volume, plan), ExperimentError);
});

Deno.test("loadData() doubts labels of files, not those that were asked for", async () => {
  const full = (isMade: boolean) => (volume: Volume): Volume => ({
    ...volume,
    ...{ name: "much", origin: { ...volume.origin!, isMade } },
    read: (box) => {
      const patch = volume.read(box);
      return { ...patch, target: patch.target.fill(1) };
    },
  });
  const { notes } = await load(full(false));
  deepStrictEqual(notes.length, 1);
  ok(notes[0]!.startsWith('data.validation[0] "much": '), notes[0]);
});

Deno.test("pipelinePlanOf() has what decides samples, distances where a loss wants them", () => {
  const plain = pipelinePlanOf(smallPlan({ seed: 4 }).spec);
  deepStrictEqual([plain.seed, plain.needsDistance], [4, false]);
  deepStrictEqual(plain.patchVox, [2, 8, 8]);
  const near = {
    name: "near",
    target: { type: "signedDistance" },
    loss: { terms: [{ type: "squaredError" }] },
  };
  const { heads } = pipelinePlanOf(smallPlan({ heads: [near] }).spec);
  deepStrictEqual(heads!.map(({ type }) => type), ["signedDistance"]);
});
