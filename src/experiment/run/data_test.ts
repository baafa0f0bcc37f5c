import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { smallPhantom, smallPlan } from "./_testing.ts";
import { loadData, pipelinePlanOf } from "./data.ts";
import { openVolumes } from "./volumes.ts";

const place = { dataRoots: [], cacheFolder: "/nowhere" };

/** Loads the data of a plan. */
async function load(plan = smallPlan()) {
  using volumes = await openVolumes(plan.spec, place);
  return await loadData(plan.spec, { volumes, place });
}

Deno.test("loadData() has everything in memory, so that nothing can change it later", async () => {
  const data = { test: [smallPhantom(14)] };
  const { stream, measured, inputs, counts } = await load(smallPlan({ data }));
  const { batch, workers, ahead, recordSamples, volumes } = stream;
  deepStrictEqual([batch, workers, ahead, recordSamples], [2, 0, 4, "hashes"]);
  ok(volumes[0]!.raw instanceof SharedArrayBuffer);
  deepStrictEqual(measured.validation.map(({ name }) => name), ["phantom-6"]);
  deepStrictEqual(measured.test.map(({ name }) => name), ["phantom-14"]);
  deepStrictEqual(inputs, []);
  // As many as the phantoms have.
  deepStrictEqual(counts.map(({ positive }) => positive), [55, 139, 60]);
});

Deno.test("loadData() refuses what no sample can be made of", async () => {
  const plan = smallPlan({
    sampler: { type: "uniform", patchVox: [2, 32, 32] },
    infer: { patchVox: [4, 16, 16] },
  });
  await rejects(load(plan), ExperimentError);
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
