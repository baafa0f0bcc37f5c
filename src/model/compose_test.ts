import { deepStrictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import type { Layer } from "./_layer.ts";
import { compose, sequence } from "./compose.ts";
import { Sight } from "./sight.ts";
import { conv } from "./unit.ts";
import { Declaration, Scope } from "./weights.ts";

/** Two convolutions side by side, and a third on what both give and what came in. */
const fork = compose({
  wide: conv({ inputs: 1, outputs: 2, kernelVox: [1, 1, 5] }),
  tall: conv({ inputs: 1, outputs: 2, kernelVox: [1, 3, 1] }),
  mix: conv({ inputs: 3, outputs: 1, kernelVox: [1, 1, 3] }),
}, (flow, x) => {
  const both = flow.each(
    tf.add,
    flow.through("tall", x),
    flow.through("wide", x),
  );
  return flow.through("mix", flow.concat([x, both]));
});

function namesOf(layer: Layer): string[] {
  const declaration = new Declaration();
  layer.declare(declaration);
  return declaration.specs.map(({ name }) => name);
}

const image = { sight: Sight.ofImage([1, 8, 8]), channels: 1 };

Deno.test("compose() has the weights of its parts in the order of the parts", () => {
  deepStrictEqual(namesOf(fork), [
    "wide/kernel",
    "wide/bias",
    "tall/kernel",
    "tall/bias",
    "mix/kernel",
    "mix/bias",
  ]);
});

Deno.test("compose() sees what any way through it sees", () => {
  const { sight, channels } = fork.see(image);
  deepStrictEqual([sight.receptiveVox, channels], [[1, 3, 7], 1]);
});

testOpOnEngines("compose() computes what it describes", () => {
  const kernel = (width: number, ...channels: [number, number]) =>
    tf.ones<tf.Rank.R5>([1, 1, width, ...channels]);
  const weights = new Map<string, tf.Tensor>([
    ["wide/kernel", kernel(5, 1, 2)],
    ["wide/bias", tf.tensor1d([0, 10])],
    ["tall/kernel", tf.tensor5d([0, 0, 2, 2, 0, 0], [1, 3, 1, 1, 2])],
    ["tall/bias", tf.zeros([2])],
    [
      "mix/kernel",
      tf.tensor5d([0, 0, 0, 100, 1, 0.5, 0, 0, 0], [1, 1, 3, 3, 1]),
    ],
    ["mix/bias", tf.tensor1d([1])],
  ]);
  const y = fork.apply(
    new Scope(weights, { isTraining: false }),
    tf.tensor5d([1, 2, 3], [1, 1, 1, 3, 1]),
  );
  // 100 x + (6 + 2 x) + (16 + 2 x) / 2 + 1
  assertTensor(y, [1, 1, 1, 3, 1], [118, 221, 324]);
});

Deno.test("compose() refuses parts that do not fit, before anything is computed", () => {
  const wrong = sequence({
    first: conv({ inputs: 1, outputs: 2, kernelVox: [1, 1, 1] }),
    second: conv({ inputs: 3, outputs: 2, kernelVox: [1, 1, 1] }),
  });
  throws(
    () => wrong.see(image),
    /Cannot convolve 2 channels: the kernel reads 3/,
  );
  const missing = compose({}, (flow, x) => flow.through("conv", x));
  throws(() => missing.see(image), /Cannot find the part "conv"/);
});
