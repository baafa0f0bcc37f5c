import * as tf from "@tensorflow/tfjs-core";
import { flag, nonNegative, positive } from "@/core/mod.ts";
import { decaying, kernelsOnlyOption } from "./_decay.ts";
import { momentOptions, moments } from "./_moments.ts";
import { defineOptimizer } from "./_optimizer.ts";

/**
 * Adam whose weight decay bypasses the moments (Loshchilov and Hutter 2019):
 * each step first takes `learningRate * weightDecay` of every weight. Step for
 * step what torch.optim.AdamW does, whose defaults it has.
 */
export const adamW = defineOptimizer({
  name: "adamW",
  summary: "Adam with weight decay apart from the gradient",
  options: {
    learningRate: positive(0.001, "step size before the schedule"),
    ...momentOptions,
    weightDecay: nonNegative(
      0.01,
      "share of each weight, times the learning rate, that a step takes",
    ),
    decayKernelsOnly: kernelsOnlyOption(),
    amsgrad: flag(false, "never let the second moment shrink"),
  },
  create({ learningRate, weightDecay, decayKernelsOnly, ...options }) {
    const { along, ...rest } = moments(options);
    return {
      ...rest,
      learningRate,
      update({ weights, isKernel, ...step }) {
        const decayed = decaying({ weights, isKernel }, decayKernelsOnly);
        const taken = tf.mul(decayed, tf.mul(step.learningRate, weightDecay));
        const { way, slots } = along(step);
        return { weights: tf.sub(tf.sub(weights, taken), way), slots };
      },
    };
  },
});
