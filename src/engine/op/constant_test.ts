import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { constant } from "./constant.ts";
import { gradients } from "./gradients.ts";

testOpOnEngines("constant() gives what is computed and no gradient", () => {
  const x = tf.tensor1d([-1, 2, 3]);
  const { value, grads } = gradients(([x]) => {
    // `greater` has no gradient in tfjs, and x² would have one.
    const isLarge = constant([x!], () => tf.cast(tf.greater(x!, 0), "float32"));
    const squares = constant([x!], () => tf.square(x!));
    return tf.sum(tf.mul(tf.mul(x!, isLarge), squares)) as tf.Scalar;
  }, [x]);
  assertTensor(value, [], [8 + 27]);
  assertTensor(grads[0]!, [3], [0, 4, 9]);
});
