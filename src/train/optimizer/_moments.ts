import * as tf from "@tensorflow/tfjs-core";
import { fraction, positive } from "@/core/mod.ts";
import type { Optimizer, OptimizerStep } from "./_optimizer.ts";

/** What Adam's moments are computed with. */
export interface MomentOptions {
  /** How much of the mean gradient is kept. */
  readonly beta1: number;
  /** How much of the mean squared gradient is kept. */
  readonly beta2: number;
  /** Added to the root of the second moment. */
  readonly epsilon: number;
  /** Whether the second moment never shrinks (Reddi et al. 2018). */
  readonly amsgrad: boolean;
}

/** The options of {@linkcode MomentOptions} that Adam and AdamW have alike. */
export const momentOptions = {
  beta1: fraction(0.9, "how much of the mean gradient is kept"),
  beta2: fraction(0.999, "how much of the mean squared gradient is kept"),
  epsilon: positive(1e-8, "added to the root of the second moment"),
};

/** Adam's way along a gradient, `[P]` and to be subtracted, and the moments after it. */
export interface MomentStep {
  readonly way: tf.Tensor1D;
  readonly slots: readonly tf.Tensor1D[];
}

/** What Adam and AdamW have in common: the moments of the gradient. */
export function moments(
  { beta1, beta2, epsilon, amsgrad }: MomentOptions,
): Pick<Optimizer, "slotNames" | "scalars"> & {
  along(step: Omit<OptimizerStep, "weights" | "isKernel">): MomentStep;
} {
  return {
    slotNames: amsgrad ? ["mean", "square", "largest"] : ["mean", "square"],
    scalars: (
      step,
    ) => [1 / (1 - beta1 ** step), 1 / Math.sqrt(1 - beta2 ** step)],
    along({ gradient: g, slots, learningRate, scalars }) {
      const [mean, square, largest] = slots;
      const [correctMean, correctRoot] = scalars;
      const m = tf.add<tf.Tensor1D>(tf.mul(mean!, beta1), tf.mul(g, 1 - beta1));
      const v = tf.add<tf.Tensor1D>(
        tf.mul(square!, beta2),
        tf.mul(tf.square(g), 1 - beta2),
      );
      const top = amsgrad ? tf.maximum<tf.Tensor1D>(largest!, v) : v;
      const root = tf.add(tf.mul(tf.sqrt(top), correctRoot!), epsilon);
      const rate = tf.mul(learningRate, correctMean!);
      return {
        way: tf.mul(rate, tf.div(m, root)),
        slots: amsgrad ? [m, v, top] : [m, v],
      };
    },
  };
}
