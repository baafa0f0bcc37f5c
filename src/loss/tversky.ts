import * as tf from "@tensorflow/tfjs-core";
import { nonNegative, positive } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";
import { overOption } from "./_over.ts";
import { labelled, smoothRatio, tiny } from "./_overlap.ts";

/**
 * Tversky loss (Salehi et al. 2017) over the labelled voxels:
 * `(1 - (TP + s) / (TP + α FP + β FN + s))^γ`; α = β = 0.5 is Dice with twice
 * the smoothing, γ ≠ 1 the focal form (Abraham and Khan 2019, their 1/γ).
 */
export const tversky = defineLoss({
  name: "tversky",
  summary: "Dice with weights of its own for false and missed voxels",
  options: {
    over: overOption(),
    falseWeight: nonNegative(0.3, "α, weight of false cleft"),
    missedWeight: nonNegative(0.7, "β, weight of missed cleft"),
    focus: positive(1, "γ, exponent of the loss"),
    smoothVox: nonNegative(1, "added to both counts; no labels give loss 0"),
  },
  presets: {
    focal: {
      summary: "focal Tversky as in Abraham and Khan 2019",
      options: { falseWeight: 0.3, missedWeight: 0.7, focus: 0.75 },
    },
  },
  create:
    ({ over, falseWeight, missedWeight, focus, smoothVox: s }) => (input) =>
      tf.tidy(() => {
        const { p, t, sum } = labelled(input, over);
        const hit = sum(tf.mul(p, t)); // [] or [N]
        const wrong = tf.mul(falseWeight, tf.sub(sum(p), hit));
        const missed = tf.mul(missedWeight, tf.sub(sum(t), hit));
        const total = tf.addN([hit, wrong, missed]);
        const loss = tf.sub(1, smoothRatio(hit, total, s));
        if (focus === 1) return tf.mean<tf.Scalar>(loss);
        // the slope of a root is infinite at 0, where rounding may end below
        return tf.mean<tf.Scalar>(tf.pow(tf.maximum(loss, tiny), focus));
      }),
});
