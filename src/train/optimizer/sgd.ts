import * as tf from "@tensorflow/tfjs-core";
import { flag, fraction, nonNegative, positive } from "@/core/mod.ts";
import { decaying, kernelsOnlyOption } from "./_decay.ts";
import { defineOptimizer } from "./_optimizer.ts";

/**
 * Stochastic gradient descent with momentum, by default Nesterov's (Sutskever et
 * al. 2013). Step for step what torch.optim.SGD does.
 */
export const sgd = defineOptimizer({
  name: "sgd",
  summary: "Gradient descent with Nesterov momentum",
  options: {
    learningRate: positive(0.01, "step size before the schedule"),
    momentum: fraction(0.9, "how much of the last step is kept"),
    nesterov: flag(true, "look ahead along the momentum"),
    weightDecay: nonNegative(0, "share of each weight added to its gradient"),
    decayKernelsOnly: kernelsOnlyOption(),
  },
  create: (options) => ({
    learningRate: options.learningRate,
    slotNames: ["velocity"],
    scalars: () => [],
    update({ weights, isKernel, gradient, slots, learningRate }) {
      const { momentum, nesterov, weightDecay, decayKernelsOnly } = options;
      const decayed = () => decaying({ weights, isKernel }, decayKernelsOnly);
      const g = weightDecay > 0
        ? tf.add<tf.Tensor1D>(gradient, tf.mul(decayed(), weightDecay))
        : gradient;
      const velocity = tf.add<tf.Tensor1D>(tf.mul(slots[0]!, momentum), g);
      const move = nesterov ? tf.add(g, tf.mul(velocity, momentum)) : velocity;
      return {
        weights: tf.sub(weights, tf.mul(learningRate, move)),
        slots: [velocity],
      };
    },
  }),
});
