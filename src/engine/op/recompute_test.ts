import * as tf from "@tensorflow/tfjs-core";
import {
  assertSameBits,
  assertTensor,
  normalTensor,
  testOnEngines,
  testOpOnEngines,
} from "@test/engines.ts";
import { batchNorm } from "./batch_norm.ts";
import { conv3d } from "./conv3d.ts";
import { gradients } from "./gradients.ts";
import { recompute } from "./recompute.ts";

function block(x: tf.Tensor5D, ...weights: tf.Tensor[]): tf.Tensor5D {
  const [kernel, gamma, beta] = weights;
  const y = conv3d(x, kernel as tf.Tensor5D);
  return tf.elu(
    batchNorm(y, gamma as tf.Tensor1D, beta as tf.Tensor1D, { epsilon: 1e-5 })
      .y,
  );
}

const inputs = () => [
  normalTensor<tf.Rank.R5>([1, 4, 8, 8, 4], 1),
  normalTensor<tf.Rank.R5>([3, 3, 3, 4, 4], 2),
  normalTensor<tf.Rank.R1>([4], 3),
  normalTensor<tf.Rank.R1>([4], 4),
];

/** The loss and gradients of two blocks in a row. */
function twoBlocks(part: typeof block) {
  return (all: readonly tf.Tensor[]) => {
    const { value, grads } = gradients(([x, ...weights]) => {
      const once = part(x as tf.Tensor5D, ...weights);
      return tf.mean(tf.square(part(once, ...weights)));
    }, all);
    return [value, ...grads];
  };
}

testOnEngines("recompute() changes no bit of value or gradients", (engine) => {
  using kept = engine.compile("kept", twoBlocks(block));
  using computed = engine.compile("computed", twoBlocks(recompute(block)));
  const all = inputs();
  const a = kept(all), b = computed(all);
  assertSameBits(a, b);
  tf.dispose([...all, ...a, ...b]);
});

testOpOnEngines("recompute() keeps less between forward and backward", () => {
  const [x, ...weights] = inputs();
  /** Bytes alive once the forward pass is done. */
  const bytesAfter = (part: typeof block) => {
    let bytes = 0;
    tf.dispose(
      tf.grad((x) => {
        const y = tf.tidy(() => tf.sum(part(x as tf.Tensor5D, ...weights)));
        bytes = tf.memory().numBytes;
        return y;
      })(x!),
    );
    return bytes;
  };
  const kept = bytesAfter(block), computed = bytesAfter(recompute(block));
  // The block keeps its convolution, its norm's state and its result.
  if (kept - computed < 2 * 4 * x!.size) {
    throw new Error(`${computed} bytes are alive, ${kept} without recompute()`);
  }
});

testOpOnEngines("recompute() hands on what a part gives besides", () => {
  const withMean = recompute((x: tf.Tensor5D): [tf.Tensor5D, tf.Tensor] => [
    tf.mul(x, 2),
    tf.mean(x),
  ]);
  const x = tf.tensor5d([1, 3], [1, 1, 1, 2, 1]);
  const [y, mean] = withMean(x);
  assertTensor(y, x.shape, [2, 6]);
  assertTensor(mean, [], [2]);
});

testOpOnEngines("recompute() takes arguments that no gradient reaches", () => {
  const part = recompute(
    (x: tf.Tensor5D, mean: tf.Tensor): [tf.Tensor5D, tf.Tensor] => [
      tf.mul(x, 2),
      tf.add(mean, tf.mean(x)),
    ],
  );
  const x = tf.tensor5d([1, 3], [1, 1, 1, 2, 1]), mean = tf.scalar(4);
  const [dx, dMean] = tf.grads((x: tf.Tensor, mean: tf.Tensor) =>
    tf.sum(part(x as tf.Tensor5D, mean)[0])
  )([x, mean]);
  assertTensor(dx!, x.shape, [2, 2]);
  assertTensor(dMean!, [], [0]);
});
