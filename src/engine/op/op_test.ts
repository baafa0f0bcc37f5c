/**
 * Where tfjs, on TensorFlow, is wrong or throws: the reasons for the operations
 * of this folder. A test that fails here says that one of them can go.
 */
import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { engineForTests, normalTensor } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { assertEquals } from "@test/helpers.ts";
import { isNativeReady } from "../status.ts";

/** Registers a test; tfjs loses tensors where its gradients throw. */
function testTrap(name: string, body: () => void): void {
  Deno.test({
    name: isNativeReady() ? name : `${name} (tensorflow: not set up)`,
    ignore: !isNativeReady(),
    fn: async () => {
      await engineForTests("tensorflow");
      tf.tidy(body);
    },
  });
}

/** Fails unless the gradient of `f` is wrong. */
function assertWrongGradient(
  f: (x: never) => tf.Tensor,
  shape: number[],
): void {
  throws(() => checkGradients(f, [normalTensor(shape)]), /finite differences/);
}

/** Fails unless the gradient of `f` throws. */
function assertNoGradient(
  f: (x: tf.Tensor) => tf.Tensor,
  shape: number[],
): void {
  const x = normalTensor(shape);
  f(x); // the forward pass works
  throws(() => tf.grad(f)(x));
}

testTrap("tf.maxPool3d leads gradients to the nearly largest, too", () => {
  const near = tf.tensor5d([1, 1 + 2e-6, 0, 0.5], [1, 1, 2, 2, 1]);
  const pool = (x: tf.Tensor) =>
    tf.maxPool3d(x as tf.Tensor5D, [1, 2, 2], [1, 2, 2], "valid");
  assertEquals(`${tf.grad(pool)(near).dataSync()}`, "1,1,0,0");
});

testTrap("tf.mirrorPad has a wrong gradient", () => {
  assertWrongGradient(
    (x: tf.Tensor2D) => tf.mirrorPad(x, [[1, 1], [1, 1]], "reflect"),
    [4, 4],
  );
});

testTrap("tf.image.resizeBilinear between centres has a wrong gradient", () => {
  assertWrongGradient(
    (x: tf.Tensor4D) => tf.image.resizeBilinear(x, [8, 8], false, true),
    [1, 4, 4, 1],
  );
});

testTrap("tf.conv3dTranspose has no gradient", () => {
  const kernel = normalTensor<tf.Rank.R5>([1, 2, 2, 1, 1]);
  assertNoGradient(
    (x) =>
      tf.conv3dTranspose(
        x as tf.Tensor5D,
        kernel,
        [1, 2, 4, 4, 1],
        [1, 2, 2],
        "same",
      ),
    [1, 2, 2, 2, 1],
  );
});

testTrap("tf.conv3d with dilations has no gradient", () => {
  const kernel = normalTensor<tf.Rank.R5>([1, 3, 3, 1, 1]);
  assertNoGradient(
    (x) => tf.conv3d(x as tf.Tensor5D, kernel, 1, "same", "NDHWC", [1, 2, 2]),
    [1, 1, 6, 6, 1],
  );
});

testTrap("tf.tile has no gradient in five dimensions", () => {
  assertNoGradient((x) => tf.tile(x, [1, 1, 2, 2, 1]), [1, 2, 2, 2, 1]);
});

testTrap("tf.batchNorm has no gradient in four dimensions", () => {
  const row = tf.ones<tf.Rank.R1>([3]);
  assertNoGradient(
    (x) => tf.batchNorm(x as tf.Tensor4D, row, row),
    [2, 4, 5, 3],
  );
});

testTrap("tf.where has no gradient", () => {
  assertNoGradient(
    (x) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x)),
    [4],
  );
});
