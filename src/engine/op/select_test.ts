import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { select } from "./select.ts";

testOpOnEngines("select() takes a where the condition holds, else b", () => {
  const isFirst = tf.tensor1d([true, false, true], "bool");
  const y = select(isFirst, tf.tensor1d([1, 2, 3]), tf.tensor1d([7, 8, 9]));
  assertTensor(y, [3], [1, 8, 3]);
});

testOpOnEngines("select() leads gradients to what was taken alone", () => {
  const x = tf.tensor1d([4, 0]);
  const [dx, dOther] = tf.grads((x, other) =>
    // The root's slope at 0 is infinite, and not taken.
    select(tf.greater(x, 1), tf.sqrt(x), other)
  )([x, tf.tensor1d([5, 5])], tf.tensor1d([1, 1]));
  const infiniteTimesZero = NaN;
  assertTensor(dOther!, [2], [0, 1]);
  const [first, second] = dx!.dataSync();
  assertTensor(tf.tensor1d([first!]), [1], [0.25]);
  if (!Object.is(second, infiniteTimesZero) && second !== 0) {
    throw new Error(`The gradient beside the root is ${second}`);
  }
});
