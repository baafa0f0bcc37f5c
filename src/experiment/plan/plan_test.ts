import { deepStrictEqual, match, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { checkSpec } from "../spec/mod.ts";
import {
  planExperiment,
  planSteps,
  type PlanVolume,
  withFindings,
  withVolumes,
} from "./mod.ts";
import { readPlan } from "./read_plan.ts";

const base = {
  name: "small",
  data: { train: [{ source: { type: "phantom" } }] },
  sampler: { type: "uniform", patchVox: [4, 32, 32] },
  model: { type: "resUnet", filters: [4, 8], anisotropicLevels: 1 },
  loss: { terms: [{ type: "bce" }] },
};
const specOf = (change: Record<string, unknown> = {}) =>
  checkSpec({ ...base, ...change }, "test");
const volume: PlanVolume = {
  split: "train",
  name: "v",
  shapeVox: [8, 64, 64],
  voxelNm: [50, 4.6, 4.6],
  offsetNm: [0, 0, 0],
};

Deno.test("planExperiment() gives the network's stops for a whole batch", () => {
  const { shapes, parameters } = planExperiment(specOf());
  deepStrictEqual(shapes[0]!.shape, [2, 4, 32, 32, 4]);
  deepStrictEqual(shapes.at(-1)!.shape, [2, 4, 32, 32, 1]);
  assertEquals(parameters, shapes.reduce((sum, s) => sum + s.parameters, 0));
});

Deno.test("withVolumes() tells the receptive field in nm", () => {
  assertEquals(planExperiment(specOf()).receptiveNm, null);
  const { receptiveVox: [z, y], receptiveNm } = withVolumes(
    planExperiment(specOf()),
    [
      volume,
    ],
  );
  deepStrictEqual(receptiveNm, [
    50 * z,
    Math.round(4.6 * y),
    Math.round(4.6 * y),
  ]);
});

Deno.test("planExperiment() needs more memory for larger batches and networks", () => {
  const memory = (change: Record<string, unknown>) =>
    planExperiment(specOf(change)).memoryMiB;
  const small = memory({});
  if (!(memory({ train: { batch: 16 } }) > small)) throw new Error("batch");
  const wide = { type: "resUnet", filters: [64, 256], anisotropicLevels: 1 };
  if (!(memory({ model: wide }) > small)) throw new Error("filters");
  const again = { ...wide, recompute: true };
  if (!(memory({ model: again }) < memory({ model: wide }))) {
    throw new Error("recompute");
  }
  const refined = (base: boolean, own: boolean) =>
    memory({
      sampler: { type: "uniform", patchVox: [8, 64, 64] },
      model: {
        type: "refine",
        base: { ...wide, recompute: base },
        recompute: own,
      },
      loss: { terms: [{ type: "bce" }], levels: [1] },
    });
  const [neither, one, other, both] = [
    refined(false, false),
    refined(true, false),
    refined(false, true),
    refined(true, true),
  ] as const;
  if (!(both < one && one < neither && both < other && other < neither)) {
    throw new Error(`refine: ${[neither, one, other, both]}`);
  }
});

Deno.test("planExperiment() refuses patches and tiles the network cannot take", () => {
  const says = (change: Record<string, unknown>) => (error: unknown) => {
    match(`${error}`, /Cannot pool 33 voxels along y by 2/);
    return error instanceof ExperimentError && change !== null;
  };
  for (
    const change of [
      { sampler: { type: "uniform", patchVox: [4, 33, 32] } },
      { infer: { patchVox: [4, 33, 32] } },
    ]
  ) throws(() => planExperiment(specOf(change)), says(change));
});

const near = {
  name: "near",
  target: { type: "signedDistance" },
  loss: { terms: [{ type: "squaredError" }] },
};

Deno.test("planExperiment() refuses devices that cannot share a batch equally", () => {
  const plan = (batch: number, devices: number) =>
    planExperiment(specOf({ train: { batch, devices } }));
  assertEquals(plan(4, 2).spec.train.devices, 2);
  throws(
    () => plan(4, 3),
    {
      message: "Cannot divide batches of 4 samples over 3 devices",
      where: "train.devices",
      fix: "Set train.batch to 6, or train.devices to a divisor of 4",
    },
  );
});

Deno.test("planExperiment() gives each head a channel and each level a stop", () => {
  const { shapes } = planExperiment(specOf({
    model: { type: "resUnet", filters: [4, 6, 8], anisotropicLevels: 1 },
    loss: { terms: [{ type: "bce" }], levels: [0.5] },
    heads: [near],
  }));
  const ends = shapes.filter(({ name }) => /^(head|level)/.test(name));
  deepStrictEqual(ends.map(({ name, shape }) => [name, shape]), [
    ["level1", [2, 4, 16, 16, 2]],
    ["head", [2, 4, 32, 32, 2]],
  ]);
  deepStrictEqual(ends[1], shapes.at(-1));
});

Deno.test("planExperiment() refuses more levels than the network has", () => {
  throws(
    () =>
      planExperiment(
        specOf({ loss: { terms: [{ type: "bce" }], levels: [1] } }),
      ),
    (error) => {
      match(`${error}`, /Cannot supervise 1 coarser levels: .* has 0\n/);
      match(`${error}`, /at {3}loss\.levels/);
      return error instanceof ExperimentError;
    },
  );
});

Deno.test("planExperiment() refuses losses that do not go with their target", () => {
  const says = (text: RegExp, where: string) => (error: unknown) => {
    match(`${error}`, text);
    return error instanceof ExperimentError && error.where === where;
  };
  throws(
    () => planExperiment(specOf({ target: { type: "signedDistance" } })),
    says(
      /"signedDistance" by the loss "bce".*\n.*\n.*: squaredError$/,
      "loss.terms[0]",
    ),
  );
  const heads = [near, { ...near, name: "other", target: { type: "binary" } }];
  throws(
    () => planExperiment(specOf({ heads })),
    says(/"binary" by the loss "squaredError"/, "heads[1].loss.terms[0]"),
  );
});

Deno.test("planExperiment() lets partners be learnt beside clefts, not in their place", () => {
  throws(
    () => planExperiment(specOf({ target: { type: "partnerSites" } })),
    /Cannot predict clefts by the target "partnerSites"/,
  );
  const head = {
    name: "polarity",
    target: { type: "polarity" },
    loss: { terms: [{ type: "squaredError" }] },
  };
  assertEquals(
    planExperiment(specOf({ heads: [head] })).shapes.at(-1)!.shape[4],
    2,
  );
});

Deno.test("checkSpec() refuses heads that records could not tell apart", () => {
  throws(() => specOf({ heads: [near, near] }), /another head has this name/);
  throws(() => specOf({ heads: [{ ...near, name: "level1" }] }), /"level1"/);
});

Deno.test("planSteps() rounds up, so that no sample is left out", () => {
  deepStrictEqual(
    planSteps({
      volumeTotal: 9,
      volumeSave: 4,
      validateEvery: 1,
      batch: 2,
      accumulate: 1,
    }),
    { total: 5, save: 2, validate: 1 },
  );
});

Deno.test("readPlan() gives back what a run recorded", () => {
  const plan = withVolumes(planExperiment(specOf()), [volume]);
  deepStrictEqual(readPlan(JSON.stringify(plan), "run x"), plan);
  const labels = { clefts: 1, positive: 9, labelled: 100, voxels: 100 };
  const counted = withFindings(
    withVolumes(plan, [{ ...volume, labels }]),
    [{ level: "problem", text: "Splits share voxels" }],
  );
  deepStrictEqual(readPlan(JSON.stringify(counted), "run x"), counted);
  assertEquals(
    JSON.stringify(withFindings(withVolumes(counted, [volume]), [])),
    JSON.stringify(plan),
  );
});

Deno.test("readPlan() refuses the plan of another version", () => {
  throws(
    () => readPlan(`{"format":2}`, "run x"),
    /Cannot use a plan of format 2/,
  );
  const plan = planExperiment(specOf());
  const newer = { ...plan, spec: { ...plan.spec, future: 1 } };
  throws(
    () => readPlan(JSON.stringify(newer), "run x"),
    /Cannot use the key "future" in an experiment/,
  );
});
