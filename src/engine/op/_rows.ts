import * as tf from "@tensorflow/tfjs-core";

/**
 * Linear interpolation along the middle axis, centres aligned, ends repeated.
 *
 * @param rows `[A, L, B]`
 * @returns `[A, L * factor, B]`
 */
export function enlargeRows(rows: tf.Tensor3D, factor: number): tf.Tensor3D {
  const [a, length, b] = rows.shape;
  const inner: [number, number, number] = [a, length - 1, b];
  const ahead = tf.concat([
    tf.slice(rows, [0, 1, 0], inner),
    tf.slice(rows, [0, length - 1, 0], [a, 1, b]),
  ], 1);
  const behind = tf.concat([
    tf.slice(rows, [0, 0, 0], [a, 1, b]),
    tf.slice(rows, [0, 0, 0], inner),
  ], 1);
  const phases = Array.from({ length: factor }, (_, phase) => {
    const offset = (phase + 0.5) / factor - 0.5; // from the centre of the row
    const share = Math.abs(offset);
    return tf.add(
      tf.mul(rows, 1 - share),
      tf.mul(offset < 0 ? behind : ahead, share),
    );
  });
  return tf.reshape(tf.stack(phases, 2), [a, length * factor, b]);
}
