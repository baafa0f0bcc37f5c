import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { Scope } from "../weights.ts";
import { norms } from "./mod.ts";

/** A channel whose running mean is 2 and whose deviation is 4. */
const values = () =>
  new Map<string, tf.Tensor>([
    ["gamma", tf.tensor1d([2])],
    ["beta", tf.tensor1d([1])],
    ["mean", tf.tensor1d([2])],
    ["variance", tf.tensor1d([16])],
  ]);
const image = () => tf.tensor5d([2, 6], [1, 1, 1, 2, 1]);

function normOf(options: Record<string, unknown>) {
  return norms.create(norms.schema.parse({ type: "batch", ...options }));
}

testOpOnEngines("batch() follows the batch in training", () => {
  const scope = new Scope(values(), { isTraining: true });
  const y = normOf({ epsilon: 1e-5, momentum: 0.1 }).apply(scope, image());
  assertTensor(y, [1, 1, 1, 2, 1], [-1, 3], 1e-4); // mean 4, deviation 2
  const { updates } = scope;
  assertTensor(updates.get("mean")!, [1], [0.9 * 2 + 0.1 * 4]);
  assertTensor(updates.get("variance")!, [1], [0.9 * 16 + 0.1 * 8]); // unbiased
});

testOpOnEngines("batch() that is frozen uses and keeps the averages", () => {
  const scope = new Scope(values(), { isTraining: true });
  const y = normOf({ frozen: true }).apply(scope, image());
  assertTensor(y, [1, 1, 1, 2, 1], [1, 3], 1e-4); // 2 * (6 - 2) / 4 + 1
  deepStrictEqual([...scope.updates.keys()], ["mean", "variance"]);
  assertTensor(scope.updates.get("mean")!, [1], [2]);
  assertTensor(scope.updates.get("variance")!, [1], [16]);
});

testOpOnEngines("batch() that is frozen trains its factors", () => {
  const norm = normOf({ frozen: true });
  checkGradients(
    (x: tf.Tensor5D, gamma: tf.Tensor1D, beta: tf.Tensor1D) => {
      const all = new Map([...values(), ["gamma", gamma], ["beta", beta]]);
      return norm.apply(new Scope(all, { isTraining: true }), x);
    },
    [
      normalTensor<tf.Rank.R5>([2, 1, 3, 4, 1]),
      tf.tensor1d([2]),
      tf.tensor1d([1]),
    ],
  );
});
