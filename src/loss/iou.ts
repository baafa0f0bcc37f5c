import * as tf from "@tensorflow/tfjs-core";
import { defineOverlap, smoothRatio } from "./_overlap.ts";

/**
 * Soft intersection over union of the labelled voxels (L2b; Rahman and Wang
 * 2016): `1 - (Σpt + s) / (Σp + Σt - Σpt + s)`, the Jaccard index where Dice
 * counts the intersection twice.
 */
export const iou = defineOverlap({
  name: "iou",
  summary: "Soft intersection over union, the Jaccard index",
  share({ p, t, sum }, smoothVox) {
    const both = sum(tf.mul(p, t)); // [] or [N]
    const either = tf.sub(tf.add(sum(p), sum(t)), both);
    return smoothRatio(both, either, smoothVox);
  },
});
