import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { testOnEngines } from "@test/engines.ts";
import { gradients } from "./gradients.ts";
import { relu } from "./relu.ts";

testOnEngines(
  "relu() passes the gradient where the input is above 0",
  () =>
    tf.tidy(() => {
      const x = tf.tensor1d([-2, -0, 0, .5, 3]),
        pull = tf.tensor1d([1, 2, 3, 4, 5]);
      deepStrictEqual([...relu(x).dataSync()].map((v) => v + 0), [
        0,
        0,
        0,
        .5,
        3,
      ]);
      const { grads } = gradients(
        ([t]) => tf.sum(tf.mul(relu(t!), pull)) as tf.Scalar,
        [x],
      );
      deepStrictEqual([...grads[0]!.dataSync()].map((v) => v + 0), [
        0,
        0,
        0,
        4,
        5,
      ]);
    }),
);
