import * as tf from "@tensorflow/tfjs-core";
import { flag, nonNegative } from "@/core/mod.ts";
import { softDice } from "./_dice.ts";
import { defineLoss } from "./_loss.ts";
import { overOption } from "./_over.ts";

/**
 * Soft Dice over the labelled voxels (L2): `1 - (2Σpt + s) / (Σp + Σt + s)` with
 * `p` the cleft probability, `t` the label and `s` the smoothing. With `over:
 * batch` there is one sum over the whole batch, as in the report (which has
 * `s = 0`); with `over: sample` the losses of the samples are averaged. With
 * `useWeights` each voxel counts by its weight in every sum (L10).
 */
export const dice = defineLoss({
  name: "dice",
  summary: "Soft Dice over labelled voxels",
  options: {
    over: overOption(),
    smoothVox: nonNegative(1, "added to both counts; no labels give loss 0"),
    useWeights: flag(false, "let each voxel count by its weight (L10)"),
  },
  presets: {
    report: {
      summary: "one sum over the batch, without smoothing",
      options: { over: "batch", smoothVox: 0, useWeights: false },
    },
    nmj: {
      summary: "the mean over samples, as the report's author has it elsewhere",
      options: { over: "sample", smoothVox: 1, useWeights: false },
    },
  },
  create: (options) => (input) =>
    tf.tidy(() => tf.mean<tf.Scalar>(softDice(input, options))),
});
