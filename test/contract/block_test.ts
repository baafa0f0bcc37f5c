import { deepStrictEqual, ok } from "node:assert";
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
  sizeOfWeight,
} from "@/model/mod.ts";
import { Sight } from "@/model/sight.ts";
import { normalTensor, testOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";

/** Everything a block can do last. */
const refined = {
  excite: { type: "both", ratio: 2, bias: true },
  dropout: { rate: 0.3, drops: "channels" },
};

const cases = blocks.components.flatMap(({ name: type }) => [
  ...norms.components.map((norm) => ({
    name: `${type}() with ${norm.name} norm`,
    entry: { type },
    norm,
  })),
  {
    // Without a norm, after which means are 0: the kink of the excitation.
    name: `${type}() with excitation and dropout`,
    entry: { type, ...refined },
    norm: norms.components.find(({ name }) => name === "none")!,
  },
]);

for (const { name, entry, norm } of cases) {
  const layer = blocks.create(blocks.schema.parse(entry))({
    inputs: 2,
    outputs: 8,
    kernelVox: [3, 3, 3],
    norm: norm.create({
      ...defaultOptions(norm),
      ...("groups" in norm.options && { groups: 1 }), // whatever is within
    }),
    activate: activation("gelu"),
    level: 0,
  });
  const declaration = new Declaration();
  layer.declare(declaration);
  const { specs } = declaration;
  const trained = specs.filter((spec) => spec.isTrainable);
  const rng = openRng(5);
  const draw = (list: typeof specs) =>
    list.map((spec) => tf.tensor(drawWeight(spec, rng), [...spec.shape]));
  const apply = (x: tf.Tensor, values: readonly tf.Tensor[]) => {
    const byName = new Map(trained.map((spec, i) => [spec.name, values[i]!]));
    const buffers = specs.filter((spec) => !spec.isTrainable);
    draw(buffers).forEach((b, i) => byName.set(buffers[i]!.name, b));
    const seed = tf.tensor1d([3, 4], "int32");
    const scope = new Scope(byName, { isTraining: true, seed });
    return layer.apply(scope, x as tf.Tensor5D);
  };

  testOnEngines(
    `${name} keeps the grid and gives its channels`,
    () =>
      tf.tidy(() => {
        const x = normalTensor<tf.Rank.R5>([1, 2, 4, 6, 2]);
        deepStrictEqual(apply(x, draw(trained)).shape, [1, 2, 4, 6, 8]);
      }),
  );

  Deno.test(`${name} sees what it computes, and looks around`, () => {
    const image = Sight.ofImage([2, 4, 6]);
    const { sight, channels } = layer.see({ sight: image, channels: 2 });
    deepStrictEqual([sight.shapeVox, channels], [[2, 4, 6], 8]);
    ok(sight.receptiveVox.every((extent) => extent >= 3));
  });

  testOnEngines(
    `${name} has a gradient for every trained weight`,
    () =>
      tf.tidy(() => {
        const x = normalTensor<tf.Rank.R5>([2, 2, 4, 4, 2]);
        const pull = normalTensor<tf.Rank.R5>([2, 2, 4, 4, 8], 9);
        const { grads } = gradients(
          (values) => tf.sum(tf.mul(apply(x, values), pull)) as tf.Scalar,
          draw(trained),
        );
        const names = new Set(trained.map((spec) => spec.name));
        grads.forEach((gradient, i) => {
          const { name } = trained[i]!;
          // A normalisation takes away what a bias before it adds.
          const isIdle = name.endsWith("conv0/bias") &&
            names.has(name.replace("bias", "gamma"));
          if (isIdle || tf.max(tf.abs(gradient)).dataSync()[0]! > 1e-3) return;
          throw new Error(`no gradient reaches ${name}`);
        });
      }),
  );

  testOnEngines(
    `${name} has the gradients of finite differences`,
    () =>
      tf.tidy(() => {
        const x = normalTensor<tf.Rank.R5>([2, 2, 4, 4, 2], 3);
        const flat = tf.concat(draw(trained).map((w) => tf.reshape(w, [-1])));
        checkGradients(
          (x: tf.Tensor, flat: tf.Tensor1D) => {
            const parts = tf.split(flat, trained.map(sizeOfWeight));
            const values = parts.map((part, i) =>
              tf.reshape(part, [...trained[i]!.shape])
            );
            return apply(x, values);
          },
          [x, flat],
          { step: 1e-3 },
        );
      }),
  );
}
