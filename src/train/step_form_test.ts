import { deepStrictEqual } from "node:assert";
import { targets } from "@/data/mod.ts";
import { averagings } from "./averaging/mod.ts";
import { optimizers } from "./optimizer/mod.ts";
import type { StepParts } from "./parts.ts";
import { gatherInputs, stepInputs, stepOutputs } from "./step_form.ts";
import { termsOf, tinyNetwork } from "./_testing.ts";

const plain: StepParts = {
  network: tinyNetwork(),
  targets: [targets.create(targets.schema.parse({ type: "binary" }))],
  terms: termsOf({ type: "bce" }),
  optimizer: optimizers.create(optimizers.schema.parse({ type: "adam" })),
};
const state = ["weights", "buffers", "slots.0", "slots.1", "slots.2"]
  .map((path) => `state.${path}`);
const samples = ["image", "target", "mask", "weight"]
  .map((path) => `batch.samples.${path}`);
const shared = ["batch.factors", "batch.seed"];

// Programs that are kept with runs take their inputs in this order.
Deno.test("stepInputs() has the order of the programs that runs keep", () => {
  deepStrictEqual(stepInputs(plain).paths, [
    ...[...state, ...samples, ...shared],
    ...[
      "scalars.learningRate",
      "scalars.ofOptimizer.0",
      "scalars.ofOptimizer.1",
    ],
  ]);
  const everything: StepParts = {
    ...plain,
    accumulate: 2,
    averaging: averagings.create(
      averagings.schema.parse({ type: "exponential" }),
    ),
    terms: termsOf({ type: "bce" }, { type: "boundary", unitNm: 50 }),
  };
  deepStrictEqual(stepInputs(everything).paths, [
    ...[...state, "state.mean.weights", "state.mean.buffers", "sum"],
    ...[...samples, "batch.samples.distanceNm", ...shared],
    ...[
      "scalars.learningRate",
      "scalars.ofOptimizer.0",
      "scalars.ofOptimizer.1",
    ],
    ...["scalars.shares.kept", "scalars.shares.added"],
  ]);
});

Deno.test("stepOutputs() tells the gradient's length only where it is asked to", () => {
  deepStrictEqual(stepOutputs(plain).paths, [...state, "losses"]);
  deepStrictEqual(stepOutputs({ ...plain, tellsNorm: true }).paths, [
    ...[...state, "losses", "gradientNorm"],
  ]);
});

Deno.test("stepInputs() has no sum where a step has one batch", () => {
  deepStrictEqual(
    stepInputs({ ...plain, accumulate: 1 }).paths,
    stepInputs(plain).paths,
  );
});

Deno.test("gatherInputs() begins with the values that gradients are of", () => {
  deepStrictEqual(gatherInputs(plain).paths, [
    ...["weights", "buffers", "sum", ...samples, ...shared],
  ]);
});
