import { deepStrictEqual } from "node:assert/strict";
import { planSteps, samplesPerStep, voxelsPerStep } from "./steps.ts";

const train = { batch: 5, accumulate: 2 };

Deno.test("samplesPerStep() and voxelsPerStep() count all batches of a step", () => {
  deepStrictEqual(samplesPerStep(train), 10);
  const sampler = { type: "uniform", patchVox: [2, 3, 4] };
  deepStrictEqual(voxelsPerStep({ sampler, train }), 240);
});

Deno.test("planSteps() rounds samples up to steps", () => {
  const volumes = { volumeTotal: 101, volumeSave: 40, validateEvery: 9 };
  deepStrictEqual(planSteps({ ...train, ...volumes }), {
    ...{ total: 11, save: 4, validate: 1 },
  });
});
