import * as tf from "@tensorflow/tfjs-core";
import { withGradient } from "./_with_gradient.ts";

/**
 * Repeats each pixel by whole factors. (The gradient of tfjs's own operation
 * is wrong on its `cpu` backend.)
 *
 * @param images `[N, H, W, C]`
 */
export function resizeNearest(
  images: tf.Tensor4D,
  size: [number, number],
): tf.Tensor4D {
  const window: [number, number] = [
    size[0] / images.shape[1],
    size[1] / images.shape[2],
  ];
  const [y] = withGradient([images], {
    forward: () => [tf.image.resizeNearestNeighbor(images, size)],
    backward: ([dy]) => [() => {
      const mean = tf.avgPool(dy as tf.Tensor4D, window, window, "valid");
      return tf.mul(mean, window[0] * window[1]);
    }],
  });
  return y as tf.Tensor4D;
}
