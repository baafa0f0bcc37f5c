import * as tf from "@tensorflow/tfjs-core";
import { nonNegative } from "@/core/mod.ts";
import { defineLoss, type LossInput } from "./_loss.ts";
import { axesOf, type Over, overOption } from "./_over.ts";

/** Keeps 0/0 away where nothing is labelled and the smoothing is 0. */
export const tiny = 1e-12;

/** Probabilities and labels where they are known, 0 elsewhere. */
export interface Labelled {
  /** Cleft probability, `[N, D, H, W, 1]`. */
  readonly p: tf.Tensor;
  /** Label, `[N, D, H, W, 1]`. */
  readonly t: tf.Tensor;
  /** 1 where known. */
  readonly mask: tf.Tensor;
  /** Sums over the batch, `[]`, or over each sample, `[N]`. */
  sum(x: tf.Tensor): tf.Tensor;
}

/** The labelled voxels of a batch; call it inside a `tf.tidy`. */
export function labelled(
  { logits, target, mask }: LossInput,
  over: Over,
): Labelled {
  const axes = [...axesOf(over)];
  return {
    p: tf.mul(tf.sigmoid(logits), mask),
    t: tf.mul(target, mask),
    mask,
    sum: (x) => tf.sum(x, axes),
  };
}

/**
 * `(part + smooth) / (whole + smooth)`, kept from 0/0 where nothing is labelled
 * and the smoothing is 0.
 */
export function smoothRatio(
  part: tf.Tensor,
  whole: tf.Tensor,
  smooth: number,
): tf.Tensor {
  return tf.div(tf.add(part, smooth), tf.add(whole, smooth || tiny));
}

/** How much two sides overlap, counted by {@linkcode Labelled.sum}. */
export interface Overlap {
  /** The `type` of the loss. */
  readonly name: string;
  /** One line for help texts and the reference. */
  readonly summary: string;
  /** What the smoothing is added to. */
  readonly smoothed?: string;
  /** The overlap from 0 to 1, smoothed by so much. */
  share(voxels: Labelled, smoothVox: number): tf.Tensor;
}

/** Defines the loss `1 - overlap`, a mean where sums go over each sample. */
export function defineOverlap(
  {
    name,
    summary,
    smoothed = "added to both counts; no labels give loss 0",
    share,
  }: Overlap,
) {
  return defineLoss({
    name,
    summary,
    options: { over: overOption(), smoothVox: nonNegative(1, smoothed) },
    presets: {
      report: {
        summary: "one sum over the batch, without smoothing",
        options: { over: "batch", smoothVox: 0 },
      },
    },
    create: ({ over, smoothVox }) => (input) =>
      tf.tidy(() =>
        tf.mean<tf.Scalar>(tf.sub(1, share(labelled(input, over), smoothVox)))
      ),
  });
}
