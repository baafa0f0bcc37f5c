import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { constant } from "@/engine/mod.ts";
import type { Layer } from "../_layer.ts";

/** What belongs to a region of interest. */
export interface RegionOptions {
  /** Voxels belong to it whose cleft probability is above this. */
  readonly threshold: number;
  /** So do those that are not further away from one, along each axis. */
  readonly reachVox: Zyx;
}

/** The part of a network that finds a region by the primary one of its logits. */
export function regionLayer(options: RegionOptions): Layer {
  return {
    declare: () => {},
    apply: (_weights, logits) => {
      const primary = tf.slice(logits, [0, 0, 0, 0, 0], [-1, -1, -1, -1, 1]);
      return regionOf(primary, options);
    },
    see: ({ sight }) => ({
      sight: sight.around(options.reachVox),
      channels: 1,
    }),
  };
}

/**
 * Where logits say that there may be a cleft, and around it: 1, elsewhere 0.
 * No gradient flows through it.
 *
 * @param logits `[N, D, H, W, 1]`
 * @returns `[N, D, H, W, 1]`
 */
export function regionOf(
  logits: tf.Tensor5D,
  { threshold, reachVox }: RegionOptions,
): tf.Tensor5D {
  const [n, d, h, w] = logits.shape;
  const [rz, ry, rx] = reachVox;
  return constant([logits], () =>
    tf.tidy(() => {
      const above = tf.greater(tf.sigmoid(logits), threshold);
      // As images, whose rows are sections, rows and columns in turn.
      const steps: [tf.ShapeMap["R4"], [number, number]][] = [
        [[n, d, h * w, 1], [2 * rz + 1, 1]],
        [[n * d, h, w, 1], [2 * ry + 1, 1]],
        [[n * d, h, w, 1], [1, 2 * rx + 1]],
      ];
      const widened = steps
        .filter(([, window]) => window.some((extent) => extent > 1))
        .reduce<tf.Tensor>(
          (x, [shape, window]) =>
            tf.maxPool(tf.reshape<tf.Rank.R4>(x, shape), window, 1, "same"),
          tf.cast(above, "float32"),
        );
      return tf.reshape<tf.Rank.R5>(widened, logits.shape);
    }));
}
