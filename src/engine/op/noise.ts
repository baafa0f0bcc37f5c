import * as tf from "@tensorflow/tfjs-core";
import { floats, operations, typeOfWhole } from "./_operations.ts";
import { philoxUniform } from "./_philox.ts";

/**
 * Random numbers in `[0, 1)` that the seed alone decides, equal to the bit on
 * every engine. The seed is a tensor, so that a compiled function draws anew
 * for each one; two equal seeds give equal numbers. No gradient flows.
 *
 * @param seed Two whole numbers of 32 bits.
 */
export function noise<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  seed: tf.Tensor1D,
): tf.Tensor<R> {
  const ops = operations();
  if (!ops) {
    const [first, second] = seed.dataSync();
    const count = tf.util.sizeFromShape(shape);
    return tf.tensor(philoxUniform(count, [first!, second!]), shape);
  }
  return tf.tidy(() => {
    const attributes = [
      floats("dtype"),
      typeOfWhole("T"),
      typeOfWhole("Tseed"),
    ];
    const extents = tf.tensor1d(shape, "int32");
    return ops.executeSingleOutput(
      "StatelessRandomUniform",
      attributes,
      [extents, seed],
    ) as tf.Tensor<R>;
  });
}
