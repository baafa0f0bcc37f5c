import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { defaultOptions, openRng } from "@/core/mod.ts";
import { gradients } from "@/engine/mod.ts";
import {
  activation,
  blocks,
  Declaration,
  drawWeight,
  norms,
  Scope,
} from "@/model/mod.ts";
import { normalTensor, testOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";

for (const component of blocks.components) {
  for (const norm of norms.components) {
    const layer = component.create(defaultOptions(component))({
      inputs: 2,
      outputs: 8,
      kernelVox: [3, 3, 3],
      norm: norm.create(defaultOptions(norm)),
      activate: activation("elu"),
      level: 0,
    });
    const name = `${component.name}() with ${norm.name} norm`;

    const makeWeights = () => {
      const declaration = new Declaration();
      layer.declare(declaration);
      const rng = openRng(5);
      return declaration.specs.map((spec) => ({
        spec,
        value: tf.tensor(drawWeight(spec, rng), [...spec.shape]),
      }));
    };
    const apply = (
      weights: ReturnType<typeof makeWeights>,
      values: readonly tf.Tensor[],
      x: tf.Tensor,
    ) => {
      const byName = new Map(
        weights.map(({ spec }, i) => [spec.name, values[i]!]),
      );
      return layer.apply(
        new Scope(byName, { isTraining: true }),
        x as tf.Tensor5D,
      );
    };

    testOnEngines(
      `${name} keeps the grid and gives its channels`,
      () =>
        tf.tidy(() => {
          const weights = makeWeights();
          const x = normalTensor<tf.Rank.R5>([1, 2, 4, 6, 2]);
          const { shape } = apply(weights, weights.map((w) => w.value), x);
          deepStrictEqual(shape, [1, 2, 4, 6, 8]);
        }),
    );

    testOnEngines(
      `${name} has a gradient for every trained weight`,
      () =>
        tf.tidy(() => {
          const weights = makeWeights();
          const x = normalTensor<tf.Rank.R5>([2, 2, 4, 4, 2]);
          const pull = normalTensor<tf.Rank.R5>([2, 2, 4, 4, 8], 9);
          const trained = weights.filter(({ spec }) => spec.isTrainable);
          const { grads } = gradients((values) => {
            const queue = values.values();
            const all = weights.map(({ spec, value }) =>
              spec.isTrainable ? queue.next().value! : value
            );
            return tf.sum(tf.mul(apply(weights, all, x), pull));
          }, trained.map((w) => w.value));
          grads.forEach((gradient, i) => {
            if (tf.sum(tf.abs(gradient)).dataSync()[0]! > 1e-6) return;
            throw new Error(`no gradient reaches ${trained[i]!.spec.name}`);
          });
        }),
    );

    testOnEngines(
      `${name} has the input gradient of finite differences`,
      () =>
        tf.tidy(() => {
          const weights = makeWeights();
          const x = normalTensor<tf.Rank.R5>([1, 2, 4, 4, 2], 3);
          checkGradients(
            (input) => apply(weights, weights.map((w) => w.value), input),
            [x],
            { tolerance: 5e-3, step: 3e-3 },
          );
        }),
    );
  }
}
