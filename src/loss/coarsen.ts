import * as tf from "@tensorflow/tfjs-core";
import type { Coarsening, Zyx } from "@/core/mod.ts";
import type { LossInput } from "./_loss.ts";

/** What a loss compares logits with. */
export type LossTruth = Omit<LossInput, "logits">;

/** Keeps 0/0 away where a block has no labelled voxel. */
const tiny = 1e-6;

/**
 * Brings what a loss compares logits with to a coarser grid, whose voxels are
 * blocks of the fine one (L13); all `[N, D, H, W, 1]`, but for a target of several
 * channels, each for itself; owned by the caller.
 *
 * - `max`, for labels: a block is cleft if a labelled voxel in it is, and then
 *   it is labelled; otherwise it is labelled if all of it is. So thin clefts
 *   stay whole.
 * - `mean`: the mean of the labelled voxels; labelled if one is.
 * - `nearest`: the voxel at the middle of the block, or just after it, as
 *   nnU-Net's and MONAI's deep supervision have it.
 *
 * A block weighs the mean of the voxels that decided it: its clefts if it is
 * one by `max`, else its labelled voxels. Its distance to a border, if that is
 * given, goes the same way: the least one by `max`, so that it is negative in
 * clefts, 0 where nothing is labelled.
 */
export function coarsen(
  { target, mask, weight, distanceNm }: LossTruth,
  { gridVox, how }: { readonly gridVox: Zyx; readonly how: Coarsening },
): LossTruth {
  const [n, ...fineVox] = target.shape.slice(0, 4) as [number, ...Zyx];
  const uneven = gridVox.findIndex((extent, axis) => fineVox[axis]! % extent);
  if (uneven !== -1) {
    throw new RangeError(
      `Cannot bring ${fineVox[uneven]} voxels along ${"zyx"[uneven]} to` +
        ` ${gridVox[uneven]}: that is no whole factor`,
    );
  }
  const [fd, fh, fw] = fineVox.map((extent, axis) => extent / gridVox[axis]!);
  const [d, h, w] = gridVox;
  const inBlocks = (x: tf.Tensor) =>
    tf.reshape(x, [n * d, fd!, h, fh!, w, fw!] as const);
  const onGrid = (x: tf.Tensor) =>
    tf.reshape(x, [n, d, h, w, 1]) as tf.Tensor5D;
  const mean = (x: tf.Tensor) => onGrid(tf.mean(inBlocks(x), [1, 3, 5]));
  const max = (x: tf.Tensor) => onGrid(tf.max(inBlocks(x), [1, 3, 5]));
  const middle = (x: tf.Tensor) =>
    onGrid(tf.slice(
      inBlocks(x),
      [0, fd! >> 1, 0, fh! >> 1, 0, fw! >> 1],
      [n * d, 1, h, 1, w, 1],
    ));
  const meanOver = (x: tf.Tensor, where: tf.Tensor) =>
    tf.div<tf.Tensor5D>(mean(tf.mul(x, where)), tf.maximum(mean(where), tiny));
  const ofEach = (x: tf.Tensor5D, f: (channel: tf.Tensor) => tf.Tensor5D) =>
    x.shape[4] === 1
      ? f(x)
      : tf.concat<tf.Tensor5D>(tf.split(x, x.shape[4], 4).map(f), 4);
  return tf.tidy(() => {
    if (how === "nearest") {
      return {
        target: ofEach(target, middle),
        mask: middle(mask),
        weight: middle(weight),
        ...distanceNm && { distanceNm: middle(distanceNm) },
      };
    }
    if (how === "mean") {
      return {
        target: ofEach(target, (channel) => meanOver(channel, mask)),
        mask: max(mask),
        weight: meanOver(weight, mask),
        ...distanceNm && { distanceNm: meanOver(distanceNm, mask) },
      };
    }
    const cleft = tf.mul(target, mask);
    const isCleft = max(cleft); // 0 or 1
    const isWhole = tf.sub(1, max(tf.sub(1, mask)));
    return {
      target: isCleft,
      mask: tf.maximum<tf.Tensor5D>(isCleft, isWhole),
      weight: tf.add<tf.Tensor5D>(
        tf.mul(isCleft, meanOver(weight, cleft)),
        tf.mul(tf.sub(1, isCleft), meanOver(weight, mask)),
      ),
      ...distanceNm && { distanceNm: tf.neg(max(tf.neg(distanceNm))) },
    };
  });
}
