import * as tf from "@tensorflow/tfjs-core";
import { flag, floats, operations } from "./_operations.ts";
import { enlargeRows } from "./_rows.ts";
import { withGradient } from "./_with_gradient.ts";

/**
 * Enlarges images by whole factors, interpolating between the centres of
 * pixels. tfjs's gradient forgets where the centres are.
 *
 * @param images `[N, H, W, C]`
 */
export function resizeBilinear(
  images: tf.Tensor4D,
  size: [number, number],
): tf.Tensor4D {
  const ops = operations();
  if (!ops) return composed(images, size);
  const attributes = [
    floats("T"),
    flag("align_corners", false),
    flag("half_pixel_centers", true),
  ];
  const [y] = withGradient([images], {
    forward: (save) => {
      save([images]);
      const to = tf.tensor1d(size, "int32");
      return [
        ops.executeSingleOutput("ResizeBilinear", attributes, [images, to]),
      ];
    },
    backward: (
      [dy],
      [images],
    ) => [() =>
      ops.executeSingleOutput("ResizeBilinearGrad", attributes, [
        dy!,
        images!,
      ])],
  });
  return y as tf.Tensor4D;
}

function composed(x: tf.Tensor4D, size: [number, number]): tf.Tensor4D {
  const [n, h, w, c] = x.shape;
  const [height, width] = size;
  return tf.tidy(() => {
    const rows = tf.reshape<tf.Rank.R3>(x, [n, h, w * c]);
    const tall = height === h ? rows : enlargeRows(rows, height / h);
    const columns = tf.reshape<tf.Rank.R3>(tall, [n * height, w, c]);
    const wide = width === w ? columns : enlargeRows(columns, width / w);
    return tf.reshape(wide, [n, height, width, c]);
  });
}
