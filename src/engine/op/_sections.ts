import * as tf from "@tensorflow/tfjs-core";

/** The sections of a batch as images, which two-dimensional kernels take: `[N * D, H, W, C]`. */
export function asImages(x: tf.Tensor5D): tf.Tensor4D {
  const [n, d, h, w, c] = x.shape;
  return tf.reshape(x, [n * d, h, w, c]);
}

/** Images as the sections of a batch of `n` volumes: `[N, D, H, W, C]`. */
export function asVolumes(images: tf.Tensor4D, n: number): tf.Tensor5D {
  const [sections, h, w, c] = images.shape;
  return tf.reshape(images, [n, sections / n, h, w, c]);
}
