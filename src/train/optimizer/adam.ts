import * as tf from "@tensorflow/tfjs-core";
import { flag, fraction, nonNegative, positive } from "@/core/mod.ts";
import { defineOptimizer } from "./_optimizer.ts";

/**
 * Adam (Kingma and Ba 2015), with the largest second moment so far in place of
 * the present one if `amsgrad` (Reddi et al. 2018). Weight decay is added to the
 * gradient. Step for step what torch.optim.Adam does; defaults of the report (A6).
 */
export const adam = defineOptimizer({
  name: "adam",
  summary: "Adam, by default with amsgrad as in the report",
  options: {
    learningRate: positive(0.0001, "step size before the schedule"),
    beta1: fraction(0.9, "how much of the mean gradient is kept"),
    beta2: fraction(0.999, "how much of the mean squared gradient is kept"),
    epsilon: positive(1e-8, "added to the root of the second moment"),
    weightDecay: nonNegative(
      1e-6,
      "share of each weight added to its gradient",
    ),
    amsgrad: flag(true, "never let the second moment shrink"),
  },
  create: ({ learningRate, beta1, beta2, epsilon, weightDecay, amsgrad }) => ({
    learningRate,
    slotNames: amsgrad ? ["mean", "square", "largest"] : ["mean", "square"],
    scalars: (
      step,
    ) => [1 / (1 - beta1 ** step), 1 / Math.sqrt(1 - beta2 ** step)],
    update({ weights, gradient, slots, learningRate, scalars }) {
      const [mean, square, largest] = slots;
      const [correctMean, correctRoot] = scalars;
      const g = weightDecay > 0
        ? tf.add(gradient, tf.mul(weights, weightDecay))
        : gradient;
      const m = tf.add<tf.Tensor1D>(tf.mul(mean!, beta1), tf.mul(g, 1 - beta1));
      const v = tf.add<tf.Tensor1D>(
        tf.mul(square!, beta2),
        tf.mul(tf.square(g), 1 - beta2),
      );
      const top = amsgrad ? tf.maximum<tf.Tensor1D>(largest!, v) : v;
      const root = tf.add(tf.mul(tf.sqrt(top), correctRoot!), epsilon);
      const rate = tf.mul(learningRate, correctMean!);
      return {
        weights: tf.sub(weights, tf.mul(rate, tf.div(m, root))),
        slots: amsgrad ? [m, v, top] : [m, v],
      };
    },
  }),
});
