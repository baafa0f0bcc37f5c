import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { select } from "./select.ts";

testOpOnEngines("select() takes a where the condition holds, else b", () => {
  const isFirst = tf.tensor1d([true, false, true], "bool");
  const y = select(isFirst, tf.tensor1d([1, 2, 3]), tf.tensor1d([7, 8, 9]));
  assertTensor(y, [3], [1, 8, 3]);
});

testOpOnEngines("select() leads gradients to what was taken alone", () => {
  const isFirst = tf.tensor1d([true, false], "bool");
  const pick = (a: tf.Tensor, b: tf.Tensor) => select(isFirst, a, b);
  const [da, db] = tf.grads(pick)(
    [tf.tensor1d([1, NaN]), tf.tensor1d([NaN, 2])],
    tf.tensor1d([3, Infinity]), // a product with 0 would not be a number
  );
  assertTensor(da!, [2], [3, 0]);
  assertTensor(tf.greater(db!, 1e30), [2], [0, 1]);
  assertTensor(tf.isNaN(db!), [2], [0, 0]);
});
