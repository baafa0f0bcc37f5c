import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { Declaration, Scope } from "../../weights.ts";
import { excitations } from "./mod.ts";

function scopeOf(values: Record<string, tf.Tensor>): Scope {
  return new Scope(new Map(Object.entries(values)), { isTraining: true });
}

function layerOf(entry: Record<string, unknown>, channels: number) {
  return excitations.create(excitations.schema.parse(entry))(channels);
}

const share = (x: number) => 1 / (1 + Math.exp(-x));

/** Two voxels of two channels, whose means are 1 and 3. */
const image = () => tf.tensor5d([0, 2, 2, 4], [1, 1, 1, 2, 2]);

testOpOnEngines("channel() weighs channels by what their means say", () => {
  const weights = {
    "squeeze/kernel": tf.tensor2d([1, 2, -1, 0.5], [2, 2]),
    "excite/kernel": tf.tensor2d([1, 2, 1, -1], [2, 2]),
  };
  // Means 1, 3: squeezed 1 - 3 < 0 and 2 + 1.5; excited 3.5 and -3.5.
  const [a, b] = [share(3.5), share(-3.5)];
  const layer = layerOf({ type: "channel", ratio: 1 }, 2);
  const y = layer.apply(scopeOf(weights), image());
  assertTensor(y, [1, 1, 1, 2, 2], [0, 2 * b, 2 * a, 4 * b]);
});

testOpOnEngines("spatial() weighs voxels by what their channels say", () => {
  const weights = {
    kernel: tf.tensor5d([1, -1], [1, 1, 1, 2, 1]),
    bias: tf.tensor1d([0.5]),
  };
  const layer = layerOf({ type: "spatial", bias: true }, 2);
  const y = layer.apply(scopeOf(weights), image());
  const half = share(-1.5); // 0 - 2 and 2 - 4, and the bias
  assertTensor(y, [1, 1, 1, 2, 2], [0, 2 * half, 2 * half, 4 * half]);
});

for (const combine of ["sum", "max"] as const) {
  testOpOnEngines(`both() takes the ${combine} of its two parts`, () => {
    const weights = {
      "channel/squeeze/kernel": tf.zeros([2, 1]),
      "channel/excite/kernel": tf.zeros([1, 2]),
      "spatial/kernel": tf.tensor5d([1, -1], [1, 1, 1, 2, 1]),
    };
    const layer = layerOf({ type: "both", combine }, 2);
    const y = layer.apply(scopeOf(weights), image());
    const voxel = share(-2), factor = combine === "sum" ? 0.5 + voxel : 0.5;
    assertTensor(y, [1, 1, 1, 2, 2], [0, 2 * factor, 2 * factor, 4 * factor]);
  });
}

for (const { name: type } of excitations.components) {
  testOpOnEngines(`${type}() has the gradients of finite differences`, () => {
    const options = type === "spatial" ? {} : { ratio: 2 };
    const layer = layerOf({ type, bias: true, ...options }, 4);
    const declaration = new Declaration();
    layer.declare(declaration);
    const names = declaration.specs.map(({ name }) => name);
    checkGradients(
      (x: tf.Tensor5D, ...weights: tf.Tensor[]) =>
        layer.apply(
          scopeOf(Object.fromEntries(names.map((n, i) => [n, weights[i]!]))),
          x,
        ),
      [
        tf.add(normalTensor<tf.Rank.R5>([2, 2, 3, 4, 4]), 1), // means off 0
        ...declaration.specs.map(({ shape }, i) =>
          tf.mul(normalTensor([...shape] as tf.ShapeMap["R1"], 17 + i), 0.5)
        ),
      ],
      { step: 5e-3 },
    );
  });
}

Deno.test("channel() has at least one number between its layers", () => {
  const declaration = new Declaration();
  layerOf({ type: "channel", ratio: 16 }, 4).declare(declaration);
  const [squeeze] = declaration.specs;
  deepStrictEqual(squeeze!.shape, [4, 1]);
});
