import * as tf from "@tensorflow/tfjs-core";
import type { LossTruth } from "./coarsen.ts";

/**
 * Weights for logits that are asked in a region only (SMP-6): outside it a voxel
 * weighs nothing unless it is a cleft. A cleft voxel weighs `(1 - f) / f`, where
 * `f` is the share of clefts in the sample's region, at least 0.0001, so that
 * both classes weigh the same; any other voxel of the region keeps its weight.
 * Clefts that the region misses count as part of it: `f` would exceed 1, and
 * their weight be negative. Distances and directions, which have no classes, keep
 * their weights in the region.
 *
 * @param region `[N, D, H, W, 1]`, 0 or 1.
 * @returns The same truth with weights of the caller's.
 */
export function inRegion(
  truth: LossTruth,
  { region, values }: {
    readonly region: tf.Tensor5D;
    readonly values: "labels" | "distances" | "directions";
  },
): LossTruth {
  const { target, mask, weight } = truth;
  const weighed = tf.tidy(() => {
    const rest = tf.mul<tf.Tensor5D>(weight, region);
    if (values !== "labels") return rest;
    const cleft = tf.mul(target, mask);
    const sum = (x: tf.Tensor) => tf.sum(x, [1, 2, 3, 4], true); // [N, 1, ...]
    const asked = tf.maximum(tf.mul(region, mask), cleft);
    const share = tf.maximum(
      tf.div(sum(cleft), tf.maximum(sum(asked), 1)),
      1e-4,
    );
    const cleftWeight = tf.div(tf.sub(1, share), share);
    return tf.add<tf.Tensor5D>(
      tf.mul(cleft, cleftWeight),
      tf.mul(tf.sub(1, cleft), rest),
    );
  });
  return { ...truth, weight: weighed };
}
