import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { gradients } from "./gradients.ts";

testOpOnEngines("gradients() gives a value and its slopes", () => {
  const a = tf.tensor1d([1, 2]), b = tf.tensor1d([3, 4]);
  const { value, grads } = gradients(
    ([a, b]) => tf.sum(tf.mul(a!, tf.square(b!))),
    [a, b],
  );

  // a b² summed: 9 + 32; by a: b²; by b: 2 a b.
  assertTensor(value, [], [41]);
  assertTensor(grads[0]!, [2], [9, 16]);
  assertTensor(grads[1]!, [2], [6, 16]);
});

testOpOnEngines("gradients() refuses an input that does not matter", () => {
  throws(() =>
    gradients(([a]) => tf.sum(a!), [tf.tensor1d([1]), tf.tensor1d([2])])
  );
});
